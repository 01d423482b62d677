// A PNG with a palette, which stb_image_write does not write. https://www.w3.org/TR/png-3/
#pragma once

#include <string>

#include "support/picture.hpp"

// Of a picture with 3 channels, in the nearest of 216 colours, six steps each of red, green and blue.
std::string palette_png_of(const Picture& picture);
