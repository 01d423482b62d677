// PPM and PGM: a header in plain text, then the pixels as they are. https://netpbm.sourceforge.net/doc/ppm.html
#pragma once

#include <string_view>

#include "support/picture.hpp"

// P5 (grey) or P6 (red, green, blue): the binary kinds.
bool is_pnm(std::string_view bytes);

// The first picture in it, with 3 channels, each from 0 to 255. Throws std::runtime_error, with the reason,
// where a number of the header is wrong or where there are fewer bytes than it says. Thread-safe.
Picture pnm_picture(std::string_view bytes);
