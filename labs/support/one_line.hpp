// Text that other programs have sent, made fit for one line of ours.
#pragma once

#include <string>
#include <string_view>

// ASCII's own alone: in UTF-8 no other character has such a byte.
constexpr bool is_control(unsigned char c) {
    return c < 0x20 || c == 0x7f;
}

// Control characters, line ends among them, become question marks; so do U+0080 to U+009F, which a terminal may obey as
// well: in UTF-8 the byte C2 and another one.
inline std::string one_line(std::string text) {
    std::size_t length = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool is_pair = c == '\xc2' && at + 1 < text.size() && (text[at + 1] & 0xe0) == 0x80;
        if (is_pair) ++at;
        text[length++] = is_pair || is_control(static_cast<unsigned char>(c)) ? '?' : c;
    }
    text.resize(length);
    return text;
}

inline std::string_view without_spaces_around(std::string_view text) {
    constexpr const char* spaces = " \t";
    const std::size_t begin = text.find_first_not_of(spaces);
    return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}
