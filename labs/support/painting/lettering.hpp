// Small text on a picture, of letters seven pixels high.
#pragma once

#include <cstdint>
#include <string>

#include "support/picture.hpp"

struct Lettering {
    int left, top;       // not negative; what is beyond the picture's other edges is left out
    int scale;           // how many pixels for one of the letters'
    std::uint8_t shade;  // of each colour
};

void write_text(const std::string& text, const Lettering& where, Picture& picture);

// In pixels of the letters.
int text_width(const std::string& text);
