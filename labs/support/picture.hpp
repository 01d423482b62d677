// Pictures in memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

struct Picture {
    int width = 0, height = 0;
    int channels = 0;                  // 1: grey; 2: with alpha; 3: red, green, blue; 4: with alpha
    std::vector<std::uint8_t> pixels;  // row by row, each pixel's channels side by side

    bool has_alpha() const { return channels == 2 || channels == 4; }
    std::size_t row() const { return static_cast<std::size_t>(width) * static_cast<std::size_t>(channels); }
    std::size_t size() const { return row() * static_cast<std::size_t>(height); }  // bytes
};

// The picture in a PNG, JPEG, BMP or PPM file, with 3 channels. Throws std::runtime_error, with the file's
// name and the reason, where there is no whole picture in it.
Picture read_picture(const std::string& file);

constexpr int small_side = 256;

// The same in grey, shrunk (never enlarged) so that no side is longer than small_side.
Picture small_grey(const Picture& picture);

// How bright a pixel looks, from 0 to 255: the eye is keenest on green.
constexpr int brightness_of(int red, int green, int blue) {
    return (299 * red + 587 * green + 114 * blue) / 1000;
}
