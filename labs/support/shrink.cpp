#include "support/shrink.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>

#include "support/stb_resize.hpp"

namespace {

// A sum over pixels: of each channel, weighted by alpha where there is one, and of alpha.
struct Sum {
    std::array<std::uint64_t, 4> channel{};
    std::uint64_t alpha = 0;
};

constexpr bool has_alpha(int channels) {
    return channels % 2 == 0;
}

// A row of pixels, `side` of them to each sum. Most of a large picture's time goes by here.
template <int channels>
void add_row(const std::uint8_t* pixel, int width, int side, std::vector<Sum>& sums) {
    constexpr int colours = has_alpha(channels) ? channels - 1 : channels;
    for (Sum& sum : sums) {
        Sum total = sum;  // in registers
        for (int left = std::min(side, width); left > 0; --left, pixel += channels) {
            const std::uint64_t weight = has_alpha(channels) ? pixel[colours] : 1;
            for (int c = 0; c < colours; ++c) total.channel[static_cast<std::size_t>(c)] += weight * pixel[c];
            if (has_alpha(channels)) total.alpha += weight;
        }
        width -= side;
        sum = total;
    }
}

using AddRow = void (*)(const std::uint8_t* pixel, int width, int side, std::vector<Sum>& sums);
constexpr AddRow add_row_of[] = {nullptr, add_row<1>, add_row<2>, add_row<3>, add_row<4>};  // by channels

// Of so many pixels, rounded. What nobody sees at all is black.
void put_mean(const Sum& sum, std::uint64_t pixels, int channels, std::uint8_t* pixel) {
    const auto mean = [](std::uint64_t total, std::uint64_t count) {
        return static_cast<std::uint8_t>(count == 0 ? 0 : (total + count / 2) / count);
    };
    const bool alpha = has_alpha(channels);
    const int colours = alpha ? channels - 1 : channels;
    for (int c = 0; c < colours; ++c)
        pixel[c] = mean(sum.channel[static_cast<std::size_t>(c)], alpha ? sum.alpha : pixels);
    if (alpha) pixel[colours] = mean(sum.alpha, pixels);
}

}  // namespace

Picture box_means(const Picture& picture, int side) {
    const auto boxes = [side](int length) { return (length + side - 1) / side; };
    Picture small{boxes(picture.width), boxes(picture.height), picture.channels, {}};
    small.pixels.resize(small.size());
    std::vector<Sum> sums(static_cast<std::size_t>(small.width));
    std::uint8_t* pixel = small.pixels.data();
    for (int top = 0; top < picture.height; top += side) {
        std::fill(sums.begin(), sums.end(), Sum{});
        const int rows = std::min(side, picture.height - top);
        for (int y = top; y < top + rows; ++y)
            add_row_of[picture.channels](&picture.pixels[static_cast<std::size_t>(y) * picture.row()], picture.width,
                                         side, sums);
        int left = picture.width;
        for (const Sum& sum : sums) {
            put_mean(sum, static_cast<std::uint64_t>(rows) * static_cast<std::uint64_t>(std::min(side, left)),
                     picture.channels, pixel);
            left -= side;
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
