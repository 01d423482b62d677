#include "ground/text.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <string>

namespace {

constexpr char32_t replacement = 0xFFFD;

struct Range {
    char32_t first, last;
};

template <std::size_t N>
bool is_in(const Range (&ranges)[N], char32_t point) {
    for (const Range& range : ranges) {
        if (point >= range.first && point <= range.last) return true;
    }
    return false;
}

bool is_wide(char32_t point) {
    static constexpr Range wide[] = {{0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},
                                     {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
    return is_in(wide, point);
}

// Controls, and what shows as nothing or as a space without being one.
bool is_deceptive(char32_t point) {
    static constexpr Range deceptive[] = {{0x00, 0x1F},     {0x7F, 0xA0},     {0xAD, 0xAD},     {0x034F, 0x034F},
                                          {0x061C, 0x061C}, {0x115F, 0x1160}, {0x1680, 0x1680}, {0x17B4, 0x17B5},
                                          {0x180B, 0x180F}, {0x2000, 0x200F}, {0x2028, 0x202F}, {0x205F, 0x206F},
                                          {0x3000, 0x3000}, {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF},
                                          {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFC}, {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF}};
    return is_in(deceptive, point);
}

std::size_t columns_of(char32_t point) {
    if (point >= 0x0300 && point <= 0x036F) return 0;  // combines with the letter before it
    return is_wide(point) ? 2 : 1;
}

void wrap_line(std::string_view line, std::size_t width, std::vector<std::string>& out) {
    std::string current;
    std::size_t used = 0;
    while (line.find_first_not_of(' ') != std::string_view::npos) {
        const std::size_t spaces = line.find_first_not_of(' ');
        line.remove_prefix(spaces);
        std::string_view word = line.substr(0, line.find(' '));
        line.remove_prefix(word.size());
        std::size_t length = columns(word);
        if (used + spaces + length <= width) {  // at the front, spaces are an indentation
            current.append(spaces, ' ');
            used += spaces;
        } else if (used > 0) {
            out.push_back(current);
            current.clear();
            used = 0;
        }
        while (length > width) {
            const std::string_view front = front_of(word, width);
            out.emplace_back(front);
            word.remove_prefix(front.size());
            length -= columns(front);
        }
        current += word;
        used += length;
    }
    out.push_back(current);
}

}  // namespace

char32_t take_code_point(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    std::size_t length = lead < 0x80 ? 1 : lead >> 5 == 6 ? 2 : lead >> 4 == 14 ? 3 : lead >> 3 == 30 ? 4 : 0;
    char32_t point = length == 1 ? lead : length == 0 ? 0 : lead & (0x7F >> length);
    if (length > text.size()) length = 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (byte(i) >> 6 != 2) {
            length = 0;
            break;
        }
        point = point << 6 | (byte(i) & 0x3F);
    }
    const bool overlong =
        (length == 2 && point < 0x80) || (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (length == 0 || overlong || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) {
        text.remove_prefix(1);
        return replacement;
    }
    text.remove_prefix(length);
    return point;
}

std::size_t columns(std::string_view text) {
    std::size_t sum = 0;
    while (!text.empty()) sum += columns_of(take_code_point(text));
    return sum;
}

std::string_view front_of(std::string_view word, std::size_t width) {
    std::string_view rest = word;
    std::size_t used = 0;
    while (!rest.empty()) {
        std::string_view next = rest;
        used += columns_of(take_code_point(next));
        if (used > width && rest.size() < word.size()) break;
        rest = next;
    }
    return word.substr(0, word.size() - rest.size());
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = text.find('\n');
        wrap_line(text.substr(0, end), width, lines);
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

std::string pad(std::string_view text, std::size_t width) {
    const std::size_t used = columns(text);
    return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string in_lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

std::string list_of(const std::vector<std::string>& names, const std::string& last) {
    std::string list;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) list += i + 1 == names.size() ? " " + last + " " : ", ";
        list += names[i];
    }
    return list;
}

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const std::string_view before = text;
        const char32_t point = take_code_point(text);
        if (point == '\n' || point == '\t') {
            result += point == '\n' ? '\n' : ' ';
        } else if (point < 0x80 && is_deceptive(point)) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\x%02x", static_cast<unsigned>(point));
            result += escape;
        } else if (is_deceptive(point)) {
            char escape[16];
            std::snprintf(escape, sizeof escape, "\\u{%04x}", static_cast<unsigned>(point));
            result += escape;
        } else if (point == replacement) {
            result += "\xEF\xBF\xBD";
        } else {
            result += before.substr(0, before.size() - text.size());
        }
    }
    return result;
}

std::string without_commands(std::string_view text) {
    std::string result;
    bool line_begins = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (line_begins && rest.substr(0, 2) == "::") {
            result += "\\::";
            i += 1;
        } else if (rest.substr(0, 3) == "##[") {
            result += "##\\[";
            i += 2;
        } else {
            result += text[i];
        }
        line_begins = text[i] == '\n' || (line_begins && (text[i] == ' ' || text[i] == '\t' || text[i] == '\r'));
    }
    return result;
}

std::string as_xml(std::string_view text) {
    std::string result;
    for (const char c : text) {
        switch (c) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += "&quot;"; break;
            case '\'': result += "&apos;"; break;
            default: result += c;
        }
    }
    return result;
}

std::string code_block(std::string_view text) {
    std::size_t longest = 2, run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return fence + "text\n" + std::string(text) + '\n' + fence + "\n\n";
}

// FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv
std::string digest_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    char name[17];
    std::snprintf(name, sizeof name, "%llx", static_cast<unsigned long long>(hash));
    return name;
}

std::string amount_text(double amount) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f", amount < 10 ? 2 : amount < 1000 ? 1 : 0, amount);
    return text;
}

std::string Paint::operator()(std::string_view code, std::string_view text) const {
    if (!on || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}
