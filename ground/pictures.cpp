#include "ground/pictures.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "ground/text.hpp"

namespace {

struct Found {
    std::size_t from, to;  // bytes of the text
    std::string target;
};

// a%20b.png is "a b.png".
std::string unescaped(const std::string& target) {
    std::string plain;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const std::string digits = target[i] == '%' ? target.substr(i + 1, 2) : "";
        const bool is_escape = digits.size() == 2 && std::all_of(digits.begin(), digits.end(),
                                                                 [](unsigned char c) { return std::isxdigit(c) != 0; });
        plain += is_escape ? static_cast<char>(std::strtol(digits.c_str(), nullptr, 16)) : target[i];
        if (is_escape) i += 2;
    }
    return plain;
}

// What is between the round brackets: <a b.png>, a.png "with a title", a.png.
std::string target_of(const std::string& link) {
    const std::size_t begin = link.find_first_not_of(" \t");
    if (begin == std::string::npos) return "";
    if (link[begin] == '<') return link.substr(begin + 1, link.find('>', begin) - begin - 1);
    return unescaped(link.substr(begin, link.find_first_of(" \t", begin) - begin));
}

constexpr std::size_t longest = 4'000;  // of a link

// ![...](...) at `at`, on one line.
bool link_at(const std::string& text, std::size_t at, Found& found) {
    std::string link = text.substr(at, longest);
    link.resize(std::min(link.find('\n'), link.size()));
    const std::size_t middle = link.find("](");
    const std::size_t close = middle == std::string::npos ? middle : link.find(')', middle);
    if (close == std::string::npos) return false;
    found = {at, at + close + 1, target_of(link.substr(middle + 2, close - middle - 2))};
    return true;
}

// <img src="..."> at `at`.
bool tag_at(const std::string& text, std::size_t at, Found& found) {
    std::string tag = text.substr(at, longest);
    const std::size_t close = tag.find('>');
    if (close == std::string::npos) return false;
    tag.resize(close);
    const std::size_t source = in_lower_case(tag).find("src=");
    if (source == std::string::npos) return false;
    const char quote = source + 4 < tag.size() ? tag[source + 4] : '\0';
    const bool is_quoted = quote == '"' || quote == '\'';
    const std::size_t begin = source + (is_quoted ? 5 : 4);
    const std::size_t end = is_quoted ? tag.find(quote, begin) : tag.find_first_of(" /", begin);
    found = {at, at + close + 1, unescaped(tag.substr(begin, end - begin))};
    return true;
}

std::vector<Found> found_in(const std::string& text) {
    std::vector<Found> all;
    for (std::size_t at = 0; at < text.size(); ++at) {
        Found found;
        const bool is_link = text.compare(at, 2, "![") == 0 && link_at(text, at, found);
        const bool is_tag = text[at] == '<' && in_lower_case(text.substr(at, 5)) == "<img " && tag_at(text, at, found);
        if (!is_link && !is_tag) continue;
        at = found.to - 1;
        all.push_back(std::move(found));
    }
    return all;
}

}  // namespace

std::vector<Picture> pictures_in(const std::string& markdown) {
    std::vector<Picture> pictures;
    std::size_t line = 1;
    auto counted = markdown.begin();
    for (const Found& found : found_in(markdown)) {
        const auto begin = markdown.begin() + static_cast<std::ptrdiff_t>(found.from);
        line += static_cast<std::size_t>(std::count(counted, begin, '\n'));
        counted = begin;
        pictures.push_back({line, found.target});
        std::replace(pictures.back().target.begin(), pictures.back().target.end(), '\n', ' ');
    }
    return pictures;
}

bool is_url(const std::string& target) {
    const std::string lower = in_lower_case(target);
    return lower.find("://") != std::string::npos || lower.rfind("data:", 0) == 0 || lower.rfind("//", 0) == 0;
}

std::string without_pictures(const std::string& markdown) {
    std::string text = markdown;
    for (const Found& found : found_in(markdown))
        for (std::size_t i = found.from; i < found.to; ++i)
            if (text[i] != '\n') text[i] = ' ';
    return text;
}
