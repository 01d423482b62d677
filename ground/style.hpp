// How pictures in characters are drawn. All text is plain ASCII where `utf8` is false.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "ground/text.hpp"

constexpr std::size_t screen_columns = 80;

struct Style {
    Paint paint;
    bool utf8 = false;

    std::string actor(int index, std::string_view text) const;  // in the actor's colour
    std::string rule() const;                                   // a line across the screen
    // Cut to so many columns, with a mark that says so.
    std::string cut(std::string_view text, std::size_t width) const;
};

// Does the terminal, or whatever stdout is, read UTF-8?
bool reads_utf8();
