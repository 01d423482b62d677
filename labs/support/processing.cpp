#include "support/processing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace {

constexpr int scales = 16;
constexpr int one = 1 << 14;  // weights are fixed-point numbers: 1 is 16,384

// Grey values as whole numbers; what is asked for beyond the border is the border.
struct Plane {
    int width, height;
    std::vector<int> values;

    int index(int x, int y) const { return std::clamp(y, 0, height - 1) * width + std::clamp(x, 0, width - 1); }
    int at(int x, int y) const { return values[static_cast<std::size_t>(index(x, y))]; }
};

constexpr double root_of_2_pi = 2.5066;  // rounded, and to stay so: all results rest on it

// A Gaussian bell of that width, cut off at three times it: weights for 0, 1, 2, ... steps away that
// add up to `one`.
std::vector<int> bell(int sigma) {
    std::vector<int> weights;
    int sum = 0;
    for (int i = 0; i <= 3 * sigma; ++i) {
        const double height = std::exp(-i * i / (2.0 * sigma * sigma)) / (sigma * root_of_2_pi);
        weights.push_back(static_cast<int>(std::lround(one * height)));
        sum += (i == 0 ? 1 : 2) * weights.back();
    }
    weights[0] += one - sum;
    return weights;
}

// Along one axis: each value becomes the weighted mean of its neighbours.
Plane blurred(const Plane& plane, const std::vector<int>& weights, int dx, int dy) {
    Plane result{plane.width, plane.height, {}};
    result.values.reserve(plane.values.size());
    const int reach = static_cast<int>(weights.size()) - 1;
    for (int y = 0; y < plane.height; ++y) {
        for (int x = 0; x < plane.width; ++x) {
            int sum = weights[0] * plane.at(x, y);
            for (int i = 1; i <= reach; ++i)
                sum += weights[static_cast<std::size_t>(i)] *
                       (plane.at(x - i * dx, y - i * dy) + plane.at(x + i * dx, y + i * dy));
            result.values.push_back(sum / one);
        }
    }
    return result;
}

// How much it changes from left to right and from top to bottom.
int edge(const Plane& plane, int x, int y) {
    return std::abs(plane.at(x + 1, y) - plane.at(x - 1, y)) + std::abs(plane.at(x, y + 1) - plane.at(x, y - 1));
}

double four_digits(long long sum, std::size_t count) {
    return std::round(10'000.0 * static_cast<double>(sum) / static_cast<double>(count)) / 10'000;
}

}  // namespace

double process1(const Picture& grey, std::stop_token stop) {
    Plane plane{grey.width, grey.height, {}};
    for (const int pixel : grey.pixels) plane.values.push_back(pixel * 256);  // room after the point
    std::vector<int> strongest(plane.values.size(), 0);
    for (int scale = 1; scale <= scales && !stop.stop_requested(); ++scale) {
        const std::vector<int> weights = bell(scale);
        const Plane blurry = blurred(blurred(plane, weights, 1, 0), weights, 0, 1);
        for (int y = 0; y < plane.height; ++y)
            for (int x = 0; x < plane.width; ++x) {
                int& most = strongest[static_cast<std::size_t>(plane.index(x, y))];
                most = std::max(most, edge(blurry, x, y) * scale);  // what is wide is flat, too
            }
    }
    long long sum = 0;
    for (const int value : strongest) sum += value;
    return four_digits(sum, strongest.size() * 256);
}

double process2(const Picture& picture) {
    std::array<long long, 256> histogram{};
    const std::size_t step = static_cast<std::size_t>(picture.channels);
    for (std::size_t i = 0; i + step <= picture.pixels.size(); i += step) {
        const std::uint8_t* pixel = &picture.pixels[i];
        ++histogram[static_cast<std::size_t>(step == 1 ? pixel[0] : brightness_of(pixel[0], pixel[1], pixel[2]))];
    }
    long long sum = 0;
    for (std::size_t value = 0; value < histogram.size(); ++value)
        sum += static_cast<long long>(value) * histogram[value];
    return four_digits(sum, picture.pixels.size() / step);
}
