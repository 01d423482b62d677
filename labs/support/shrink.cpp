#include "support/shrink.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>

#include "support/stb_resize.hpp"

namespace {

// A sum over pixels: of each channel, weighted by alpha where there is one, and of the weights.
struct Sum {
    std::array<std::uint64_t, 4> channel{};
    std::uint64_t weight = 0, pixels = 0;
};

void add(Sum& sum, const std::uint8_t* pixel, int channels, bool alpha) {
    const int colours = alpha ? channels - 1 : channels;
    const std::uint64_t weight = alpha ? pixel[colours] : 1;
    for (int c = 0; c < colours; ++c) sum.channel[static_cast<std::size_t>(c)] += weight * pixel[c];
    sum.weight += weight;
    ++sum.pixels;
}

// Rounded. What nobody sees at all is black.
void put_mean(const Sum& sum, std::uint8_t* pixel, int channels, bool alpha) {
    const auto mean = [](std::uint64_t total, std::uint64_t count) {
        return static_cast<std::uint8_t>(count == 0 ? 0 : (total + count / 2) / count);
    };
    const int colours = alpha ? channels - 1 : channels;
    for (int c = 0; c < colours; ++c) pixel[c] = mean(sum.channel[static_cast<std::size_t>(c)], sum.weight);
    if (alpha) pixel[colours] = mean(sum.weight, sum.pixels);
}

}  // namespace

Picture box_means(const Picture& picture, int side) {
    const auto boxes = [side](int length) { return (length + side - 1) / side; };
    Picture small{boxes(picture.width), boxes(picture.height), picture.channels, {}};
    small.pixels.resize(small.size());
    const bool alpha = picture.has_alpha();
    std::vector<Sum> sums(static_cast<std::size_t>(small.width));
    for (int row = 0; row < small.height; ++row) {
        std::fill(sums.begin(), sums.end(), Sum{});
        const int bottom = std::min((row + 1) * side, picture.height);
        for (int y = row * side; y < bottom; ++y) {
            const std::uint8_t* pixel = &picture.pixels[static_cast<std::size_t>(y) * picture.row()];
            for (int x = 0; x < picture.width; ++x, pixel += picture.channels)
                add(sums[static_cast<std::size_t>(x / side)], pixel, picture.channels, alpha);
        }
        std::uint8_t* pixel = &small.pixels[static_cast<std::size_t>(row) * small.row()];
        for (const Sum& sum : sums) {
            put_mean(sum, pixel, picture.channels, alpha);
            pixel += picture.channels;
        }
    }
    return small;
}

int shrunk_height(const Picture& picture, int width) {
    const std::int64_t twice = std::int64_t{2} * picture.height * width + picture.width;
    return std::max(1, static_cast<int>(twice / (std::int64_t{2} * picture.width)));
}

Picture shrunk(const Picture& picture, int width) {
    if (picture.width <= width) return picture;
    int side = 1;
    while (picture.width / (2 * side) > 2 * width) side *= 2;
    const Picture means = side == 1 ? Picture{} : box_means(picture, side);
    const Picture& source = side == 1 ? picture : means;

    // Boxes at the edges may reach beyond it: only what is of the picture counts.
    const double whole_columns = static_cast<double>(picture.width) / side;
    const double whole_rows = static_cast<double>(picture.height) / side;
    Picture small{width, shrunk_height(picture, width), picture.channels, {}};
    small.pixels.resize(small.size());
    if (!stb_resize(source, whole_columns / source.width, whole_rows / source.height, small)) throw std::bad_alloc();
    return small;
}
