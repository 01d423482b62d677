#include "support/picture.hpp"

#include <stb/stb_image.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace {

constexpr int longest_side = 16'384;  // a few bytes of a file can ask for any amount of memory

struct Freer {
    void operator()(stbi_uc* pixels) const { stbi_image_free(pixels); }
};

int brightness_at(const Picture& picture, int x, int y) {
    const std::size_t width = static_cast<std::size_t>(picture.width);
    const std::uint8_t* pixel =
        &picture.pixels[(static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)) *
                        static_cast<std::size_t>(picture.channels)];
    return picture.channels == 1 ? pixel[0] : brightness_of(pixel[0], pixel[1], pixel[2]);
}

// The mean over the pixels that become one. Whole numbers: the same on every machine.
std::uint8_t mean_brightness(const Picture& picture, int left, int right, int top, int bottom) {
    long long sum = 0;
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) sum += brightness_at(picture, x, y);
    const long long count = static_cast<long long>(right - left) * (bottom - top);
    return static_cast<std::uint8_t>((sum + count / 2) / count);
}

}  // namespace

Picture read_picture(const std::string& file) {
    int width = 0, height = 0, channels = 0;
    const bool known = stbi_info(file.c_str(), &width, &height, &channels) != 0;
    if (known && std::max(width, height) > longest_side)
        throw std::runtime_error(file + ": more than 16384 pixels wide or high");
    const std::unique_ptr<stbi_uc, Freer> pixels(stbi_load(file.c_str(), &width, &height, &channels, 3));
    if (!pixels) {
        const char* reason = stbi_failure_reason();
        throw std::runtime_error(file + ": " + (reason ? reason : "cannot be read"));
    }
    Picture picture{width, height, 3, {}};
    const std::size_t size = static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3;
    picture.pixels.assign(pixels.get(), pixels.get() + size);
    return picture;
}

Picture small_grey(const Picture& picture) {
    const int longest = std::max({picture.width, picture.height, small_side});
    const auto shrunk = [longest](int side) { return std::max(1, side * small_side / longest); };
    Picture small{shrunk(picture.width), shrunk(picture.height), 1, {}};
    const auto edge = [](int part, int parts, int side) { return part * side / parts; };
    for (int y = 0; y < small.height; ++y)
        for (int x = 0; x < small.width; ++x)
            small.pixels.push_back(mean_brightness(picture, edge(x, small.width, picture.width),
                                                   edge(x + 1, small.width, picture.width),
                                                   edge(y, small.height, picture.height),
                                                   edge(y + 1, small.height, picture.height)));
    return small;
}
