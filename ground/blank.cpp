#include "ground/blank.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>
#include <set>
#include <sstream>

#include "ground/words.hpp"

namespace {

struct Range {
    char32_t first, last;
};

// Beyond ASCII: what Unicode calls white space, format characters, fillers and general punctuation.
constexpr Range nothing_to_see[] = {
    {0x80, 0xa0},     {0xad, 0xad},       {0x34f, 0x34f},     {0x61c, 0x61c},     {0x115f, 0x1160},
    {0x1680, 0x1680}, {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x2000, 0x206f},   {0x2800, 0x2800},
    {0x3000, 0x3000}, {0x3164, 0x3164},   {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
    {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
};

bool is_visible(char32_t code) {
    if (code < 0x80) return std::isalnum(static_cast<int>(code)) != 0;
    return std::none_of(std::begin(nothing_to_see), std::end(nothing_to_see),
                        [code](Range range) { return code >= range.first && code <= range.last; });
}

// The character at `at`, in UTF-8, and what comes after it. A byte that is no UTF-8 is itself, as in Latin-1.
char32_t next_character(const std::string& text, std::size_t& at) {
    const auto byte = [&text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const unsigned first = byte(at++);
    const std::size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
    char32_t code = more == 0 ? first : first & (0x3fU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        if ((byte(at + i) & 0xc0) != 0x80) return first;
        code = code << 6 | (byte(at + i) & 0x3f);
    }
    at += more;
    return code;
}

constexpr const char* blanks[] = {
    "nbsp",   "ensp",    "emsp",        "emsp13",    "emsp14",           "numsp",          "puncsp", "thinsp",
    "hairsp", "NoBreak", "MediumSpace", "ThinSpace", "NonBreakingSpace", "ZeroWidthSpace", "zwj",    "zwnj",
    "shy",    "lrm",     "rlm",         "Tab",       "NewLine",          "VeryThinSpace",
};

// The length of &nbsp;, &#160;, &#xA0; and the like at `at`; 0 where something to be seen stands there.
std::size_t blank_entity(const std::string& text, std::size_t at) {
    constexpr std::size_t longest = 20;
    if (text[at] != '&') return 0;
    std::string name = text.substr(at + 1, longest);
    const std::size_t end = name.find(';');
    if (end == std::string::npos) return 0;
    name.resize(end);
    bool blank = std::find(std::begin(blanks), std::end(blanks), name) != std::end(blanks);
    if (name.size() > 1 && name[0] == '#') {
        const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
        const char* const digits = name.c_str() + (hexadecimal ? 2 : 1);
        blank = !is_visible(static_cast<char32_t>(std::strtoul(digits, nullptr, hexadecimal ? 16 : 10)));
    }
    return blank ? end + 2 : 0;
}

// The length of <br>, </p> and the like at `at`: tags that show nothing.
std::size_t blank_tag(const std::string& text, std::size_t at) {
    constexpr std::size_t longest = 200;
    if (text[at] != '<') return 0;
    const std::string tag = text.substr(at + 1, longest);
    const std::size_t end = tag.find('>');
    if (end == std::string::npos) return 0;
    std::string name;
    for (const char c : tag.substr(0, end))
        if (c != '/' && c != ' ') name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool blank = name == "br" || name == "p" || name == "hr" || name == "div" || name == "span";
    return blank ? end + 2 : 0;
}

bool has_visible(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t blank = blank_entity(text, at) + blank_tag(text, at);
        if (blank > 0) at += blank;
        else if (is_visible(next_character(text, at))) return true;
    }
    return false;
}

// The line without the number of an ordered list's next item: "2." or "2)". Other numbers are an answer.
std::string without_number(const std::string& line, int& next_item) {
    const std::size_t begin = line.find_first_not_of(" \t>#*+-");
    const std::string number = std::to_string(next_item);
    if (begin == std::string::npos || line.compare(begin, number.size(), number) != 0) return line;
    const std::string rest = line.substr(begin + number.size());
    if (rest.empty() || (rest[0] != '.' && rest[0] != ')')) return line;
    if (rest.size() > 1 && std::isalnum(static_cast<unsigned char>(rest[1])) != 0) return line;  // 1.5
    ++next_item;
    return rest;
}

bool is_fence(const std::string& line) {
    const std::size_t begin = line.find_first_not_of(' ');
    return begin != std::string::npos && (line.compare(begin, 3, "```") == 0 || line.compare(begin, 3, "~~~") == 0);
}

}  // namespace

std::string without_comments(const std::string& text) {
    std::string kept;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = std::min(text.find("<!--", at), text.size());
        const std::size_t to = std::min(text.find("-->", from), text.size());
        kept.append(text, at, from - at);
        at = to + 3;
    }
    return kept;
}

bool is_placeholder(const std::string& markdown) {
    static const std::set<WordList> placeholders = {
        {"todo"},
        {"to", "do"},
        {"tbd"},
        {"fixme"},
        {"n", "a"},
        {"na"},
        {"xxx"},
        {"your", "answer", "here"},
        {"answer"},
        {"my", "answer"},
        {"your", "answer"},
    };
    constexpr std::ptrdiff_t longest = 40;  // of what is to be seen in one
    const std::string text = without_comments(markdown);
    const auto is_seen = [](char c) { return c != ' ' && c != '\n'; };
    return std::count_if(text.begin(), text.end(), is_seen) <= longest && placeholders.count(words_of(text)) > 0;
}

bool says_something(const std::string& markdown) {
    if (is_placeholder(markdown)) return false;
    std::istringstream lines(without_comments(markdown));
    int next_item = 1;
    for (std::string line; std::getline(lines, line);)
        if (!is_fence(line) && has_visible(without_number(line, next_item))) return true;
    return false;
}
