#include "grader/pages/shown.hpp"

#include <algorithm>

#include "grader/report/parts.hpp"
#include "ground/text.hpp"

namespace {

constexpr std::size_t longest_name = 80;

std::string with_plain_ends(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') result += text[i];
    return result;
}

bool is_safe_in_names(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

}  // namespace

std::string shown(std::string_view text) {
    const std::string plain = with_plain_ends(text);
    std::string result;
    for (std::size_t at = 0; at <= plain.size();) {
        const std::size_t tab = std::min(plain.find('\t', at), plain.size());
        result += printable(std::string_view(plain).substr(at, tab - at));
        if (tab < plain.size()) result += '\t';
        at = tab + 1;
    }
    return result;
}

std::string json_for_script(const nlohmann::ordered_json& data) {
    std::string result;
    for (const char c : json_text(data)) {
        switch (c) {
            case '<': result += "\\u003c"; break;
            case '>': result += "\\u003e"; break;
            case '&': result += "\\u0026"; break;
            default: result += c;
        }
    }
    return result;
}

std::string file_name_of(const std::string& name) {
    std::string safe;
    for (const char c : name)
        if (is_safe_in_names(static_cast<unsigned char>(c))) safe += c;
    safe.erase(0, std::min(safe.find_first_not_of(".-"), safe.size()));  // no hidden file, and none like a flag
    if (safe.size() > longest_name) safe.resize(longest_name);
    return safe == name && !safe.empty() ? safe : safe + (safe.empty() ? "" : "-") + digest_of(name);
}
