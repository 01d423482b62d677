#include "support/picture.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "support/decode.hpp"

namespace {

constexpr std::size_t most_bytes = 256 << 20;  // a file may be a device that never ends

int brightness_at(const Picture& picture, int x, int y) {
    const std::size_t width = static_cast<std::size_t>(picture.width);
    const std::uint8_t* pixel = &picture.pixels[(static_cast<std::size_t>(y) * width + static_cast<std::size_t>(x)) *
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
    const auto refusal = [&file](const std::string& why) { return std::runtime_error(file + ": " + why); };
    std::ifstream in(file, std::ios::binary);
    std::string bytes;
    for (char some[65'536]; in && bytes.size() <= most_bytes; bytes.append(some, static_cast<std::size_t>(in.gcount())))
        in.read(some, sizeof some);
    if (bytes.size() > most_bytes) throw refusal("larger than 256 MiB");
    if (!in.eof()) throw refusal(std::generic_category().message(errno));
    try {
        return decoded(bytes);
    } catch (const std::runtime_error& reason) {
        throw refusal(reason.what());
    }
}

Picture small_grey(const Picture& picture) {
    const int longest = std::max({picture.width, picture.height, small_side});
    const auto shrunk = [longest](int side) { return std::max(1, side * small_side / longest); };
    Picture small{shrunk(picture.width), shrunk(picture.height), 1, {}};
    const auto edge = [](int part, int parts, int side) { return part * side / parts; };
    for (int y = 0; y < small.height; ++y)
        for (int x = 0; x < small.width; ++x)
            small.pixels.push_back(
                mean_brightness(picture, edge(x, small.width, picture.width), edge(x + 1, small.width, picture.width),
                                edge(y, small.height, picture.height), edge(y + 1, small.height, picture.height)));
    return small;
}
