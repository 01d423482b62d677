#include "support/painting/landscape.hpp"

#include <algorithm>
#include <array>

#include "support/painting/lettering.hpp"

namespace {

struct Colour {
    double red, green, blue;
};

Colour mixed(const Colour& a, const Colour& b, double share_of_b) {
    const auto mix = [share_of_b](double x, double y) { return x + (y - x) * share_of_b; };
    return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

std::uint32_t hashed(std::uint32_t number) {
    number = (number ^ number >> 16) * 0x7feb352d;
    number = (number ^ number >> 15) * 0x846ca68b;
    return number ^ number >> 16;
}

// From 0 to 1, the same for the same numbers.
double random_at(std::uint32_t seed, std::uint32_t place) {
    return hashed(seed * 0x9e3779b9 + hashed(place)) / 4294967296.0;
}

// Smooth, from 0 to 1: a random height at each whole `x`, and a soft curve between two.
double ridge(std::uint32_t seed, double x) {
    const auto left = static_cast<std::uint32_t>(x);
    const double part = x - left, soft = part * part * (3 - 2 * part);
    return random_at(seed, left) * (1 - soft) + random_at(seed, left + 1) * soft;
}

constexpr int rows_of_hills = 4;

class Scene {
  public:
    explicit Scene(const Landscape& what) : what_(what) {
        for (int row = 0; row < rows_of_hills; ++row) {
            const std::uint32_t seed = what.seed + 100 * static_cast<std::uint32_t>(row + 1);
            std::vector<double> line;
            for (int x = 0; x < what.width; ++x) {
                const double across = static_cast<double>(x) / what.width;
                line.push_back(0.35 + 0.15 * row + 0.12 * ridge(seed, 4 * across) +
                               0.04 * ridge(seed + 7, 23 * across));
            }
            hills_.push_back(std::move(line));
        }
    }

    Colour at(int x, int y) const {
        const double across = static_cast<double>(x) / what_.width, down = static_cast<double>(y) / what_.height;
        for (int row = rows_of_hills - 1; row >= 0; --row)
            if (down > hills_[static_cast<std::size_t>(row)][static_cast<std::size_t>(x)])
                return mixed(mixed(haze, ground(row), 0.35 + 0.2 * row), dark, 0.5 * (down - 0.3));
        const double tall = static_cast<double>(what_.height) / what_.width;
        const double right = across - sun_x(), below = (down - 0.2) * tall;
        if (right * right + below * below < 0.005) return {255, 244, 200};
        return mixed({70, 130, 220}, haze, std::min(1.0, 2 * down));
    }

  private:
    static constexpr Colour haze{225, 220, 215}, dark{20, 25, 30};

    double sun_x() const { return 0.15 + 0.7 * random_at(what_.seed, 1); }
    Colour ground(int row) const {
        const auto hue = [&](std::uint32_t part) {
            return 40 + 150 * random_at(what_.seed, 10 + part + 3 * static_cast<std::uint32_t>(row));
        };
        return {hue(0), hue(1), hue(2)};
    }

    const Landscape& what_;
    std::vector<std::vector<double>> hills_;
};

std::uint8_t rounded(double value) {
    return static_cast<std::uint8_t>(std::clamp(value + 0.5, 0.0, 255.0));
}

void write_caption(const std::string& caption, Picture& picture) {
    const int scale = std::max(1, std::min(picture.width, picture.height) / 100);
    write_text(caption, {4 * scale, picture.height - 12 * scale, scale, 255}, picture);
}

}  // namespace

Picture painted(const Landscape& what) {
    Picture picture{what.width, what.height, what.channels, {}};
    picture.pixels.reserve(picture.size());
    const Scene scene(what);
    for (int y = 0; y < what.height; ++y) {
        for (int x = 0; x < what.width; ++x) {
            const auto place =
                static_cast<std::uint32_t>(y) * static_cast<std::uint32_t>(what.width) + static_cast<std::uint32_t>(x);
            const double noise = what.noise * (2 * random_at(what.seed + 1, place) - 1);
            const Colour seen = scene.at(x, y);
            const std::array<double, 3> colours = {seen.red + noise, seen.green + noise, seen.blue + noise};
            if (what.channels >= 3)
                for (const double colour : colours) picture.pixels.push_back(rounded(colour));
            else picture.pixels.push_back(rounded((colours[0] + colours[1] + colours[2]) / 3));
            if (picture.has_alpha()) picture.pixels.push_back(rounded(255.0 * (what.width - x) / what.width));
        }
    }
    if (!what.caption.empty()) write_caption(what.caption, picture);
    return picture;
}
