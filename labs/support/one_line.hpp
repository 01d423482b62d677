// Text that other programs have sent, made fit for one line of ours.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

// ASCII's own alone: in UTF-8 no other character has such a byte.
constexpr bool is_control(unsigned char c) {
    return c < 0x20 || c == 0x7f;
}

// Control characters, line ends among them, become question marks.
inline std::string one_line(std::string text) {
    std::replace_if(text.begin(), text.end(), is_control, '?');
    return text;
}

inline std::string_view without_spaces_around(std::string_view text) {
    constexpr const char* spaces = " \t";
    const std::size_t begin = text.find_first_not_of(spaces);
    return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}
