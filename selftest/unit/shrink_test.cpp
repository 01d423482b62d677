// Pictures made smaller, against a reference that is slow and exact.
#include "support/shrink.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "bench/catch.hpp"

namespace {

// A gradient with a disc in it, and some noise; alpha falls from the left to the right.
Picture painted(int width, int height, int channels) {
    Picture picture{width, height, channels, {}};
    std::uint32_t noise = 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            noise = noise * 1664525 + 1013904223;
            const double across = (x + 0.5) / width, down = (y + 0.5) / height;
            const bool disc = std::hypot(across - 0.5, down - 0.5) < 0.3;
            const double colours[] = {255 * across, 255 * down, disc ? 230.0 : 30.0};
            const bool alpha = picture.has_alpha();
            for (int c = 0; c < channels - (alpha ? 1 : 0); ++c)
                picture.pixels.push_back(static_cast<std::uint8_t>(
                    std::clamp(colours[c] + static_cast<double>(noise >> 28) - 8, 0.0, 255.0)));
            if (alpha) picture.pixels.push_back(static_cast<std::uint8_t>(255 * (1 - across)));
        }
    }
    return picture;
}

double value_at(const Picture& picture, int x, int y, int channel) {
    return picture
        .pixels[static_cast<std::size_t>(y) * picture.row() + static_cast<std::size_t>(x * picture.channels + channel)];
}

// How much of pixel `i` lies between `from` and `to`.
double part_of(int i, double from, double to) {
    return std::max(0.0, std::min(i + 1.0, to) - std::max<double>(i, from));
}

// The mean over the area that becomes one pixel, its edges counted by their parts.
std::vector<double> area_mean(const Picture& picture, double left, double right, double top, double bottom) {
    std::vector<double> sum(static_cast<std::size_t>(picture.channels));
    const int alpha = picture.has_alpha() ? picture.channels - 1 : -1;
    double weights = 0, area = 0;
    for (int y = static_cast<int>(top); y < std::min<double>(picture.height, std::ceil(bottom)); ++y) {
        for (int x = static_cast<int>(left); x < std::min<double>(picture.width, std::ceil(right)); ++x) {
            const double part = part_of(x, left, right) * part_of(y, top, bottom);
            const double weight = part * (alpha < 0 ? 1 : value_at(picture, x, y, alpha));
            for (int c = 0; c < picture.channels; ++c)
                sum[static_cast<std::size_t>(c)] +=
                    c == alpha ? part * value_at(picture, x, y, c) : weight * value_at(picture, x, y, c);
            weights += weight;
            area += part;
        }
    }
    for (int c = 0; c < picture.channels; ++c) {
        const double total = c == alpha ? area : weights;
        sum[static_cast<std::size_t>(c)] = total > 0 ? sum[static_cast<std::size_t>(c)] / total : 0;
    }
    return sum;
}

double mean_difference_from_reference(const Picture& picture, const Picture& small) {
    double sum = 0;
    const double across = static_cast<double>(picture.width) / small.width;
    const double down = static_cast<double>(picture.height) / small.height;
    for (int y = 0; y < small.height; ++y) {
        for (int x = 0; x < small.width; ++x) {
            const std::vector<double> exact =
                area_mean(picture, x * across, (x + 1) * across, y * down, (y + 1) * down);
            for (int c = 0; c < small.channels; ++c)
                sum += std::abs(value_at(small, x, y, c) - exact[static_cast<std::size_t>(c)]);
        }
    }
    return sum / static_cast<double>(small.size());
}

}  // namespace

TEST_CASE("a picture is as wide as was asked for, its height goes with it, and it looks the same") {
    const int widths[] = {257, 640, 1023, 1500};
    for (const int channels : {1, 2, 3, 4}) {
        for (const int width : widths) {
            const Picture picture = painted(width, width * 3 / 4 + 1, channels);
            const Picture small = shrunk(picture, 64);
            CAPTURE(channels, width);
            CHECK(small.width == 64);
            CHECK(small.height == shrunk_height(picture, 64));
            CHECK(small.channels == channels);
            REQUIRE(small.pixels.size() == small.size());
            CHECK(mean_difference_from_reference(picture, small) < 2.5);
        }
    }
}

TEST_CASE("heights are rounded, and never 0") {
    CHECK(shrunk_height(painted(1000, 501, 1), 100) == 50);
    CHECK(shrunk_height(painted(1000, 505, 1), 100) == 51);
    CHECK(shrunk_height(painted(1000, 1, 1), 100) == 1);
    CHECK(shrunk_height(Picture{16'384, 16'384, 3, {}}, 16'384) == 16'384);
}

TEST_CASE("a picture that is not wider than asked for stays as it is") {
    for (const int width : {1, 5, 64}) {
        const Picture picture = painted(width, 2000, 4), same = shrunk(picture, 64);
        CHECK(same.width == width);
        CHECK(same.height == 2000);
        CHECK(same.pixels == picture.pixels);
    }
}

TEST_CASE("boxes become their exact means, those at the edges as well") {
    for (const int channels : {1, 2, 3, 4}) {
        const Picture picture = painted(37, 29, channels), means = box_means(picture, 4);
        REQUIRE(means.width == 10);
        REQUIRE(means.height == 8);
        for (int y = 0; y < means.height; ++y) {
            for (int x = 0; x < means.width; ++x) {
                const std::vector<double> exact =
                    area_mean(picture, 4 * x, std::min(4 * x + 4, 37), 4 * y, std::min(4 * y + 4, 29));
                for (int c = 0; c < channels; ++c)
                    CHECK(std::abs(value_at(means, x, y, c) - exact[static_cast<std::size_t>(c)]) <= 0.5);
            }
        }
    }
}

TEST_CASE("what is transparent does not shine through") {
    Picture picture{512, 512, 4, {}};
    for (int i = 0; i < 512 * 512; ++i) {  // green that is seen, red that is not
        const bool seen = i % 512 / 4 % 2 == 0;
        for (const int value : {seen ? 0 : 255, seen ? 255 : 0, 0, seen ? 255 : 0})
            picture.pixels.push_back(static_cast<std::uint8_t>(value));
    }
    const Picture small = shrunk(picture, 32);
    for (std::size_t i = 0; i < small.pixels.size(); i += 4) {
        CHECK(small.pixels[i] <= 2);
        CHECK(small.pixels[i + 1] >= 253);
    }
}
