// A picture that looks like a photograph to whoever decodes and shrinks it: a sky, a sun, hills, some noise, and its
// name written on it. The same on every machine: only operations that all of them round alike.
#pragma once

#include <cstdint>
#include <string>

#include "support/picture.hpp"

struct Landscape {
    int width, height;
    int channels;         // as Picture's; alpha fades out to the right
    std::uint32_t seed;   // where the hills are, and of which colour
    int noise;            // 0 to 64, either way, in each pixel
    std::string caption;  // "" for none
};

Picture painted(const Landscape& landscape);
