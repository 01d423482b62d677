#include "support/painting/palette_png.hpp"

#include <zlib.h>

#include <stdexcept>

namespace {

constexpr int steps = 6;

std::string big_endian(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
    return bytes;
}

// Its length, its kind and what it holds, and a checksum of the latter two.
std::string chunk(const std::string& kind, const std::string& data) {
    const std::string body = kind + data;
    const uLong sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(static_cast<std::uint32_t>(sum));
}

std::string deflated(const std::string& bytes) {
    uLongf size = compressBound(bytes.size());
    std::string packed(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                  bytes.size(), Z_BEST_COMPRESSION) != Z_OK)
        throw std::runtime_error("zlib cannot compress a picture");
    packed.resize(size);
    return packed;
}

int step_of(std::uint8_t value) {
    return (value * (steps - 1) + 127) / 255;
}

}  // namespace

std::string palette_png_of(const Picture& picture) {
    std::string palette;
    for (int colour = 0; colour < steps * steps * steps; ++colour)
        for (const int step : {colour / (steps * steps), colour / steps % steps, colour % steps})
            palette += static_cast<char>(step * 255 / (steps - 1));

    std::string rows;
    for (std::size_t i = 0; i < picture.pixels.size(); i += 3) {
        if (i % picture.row() == 0) rows += '\0';  // no filter
        const std::uint8_t* pixel = &picture.pixels[i];
        rows += static_cast<char>((step_of(pixel[0]) * steps + step_of(pixel[1])) * steps + step_of(pixel[2]));
    }
    constexpr const char* eight_bits_of_a_palette = "\x08\x03\0\0\0";
    return "\x89PNG\r\n\x1a\n" +
           chunk("IHDR", big_endian(static_cast<std::uint32_t>(picture.width)) +
                             big_endian(static_cast<std::uint32_t>(picture.height)) +
                             std::string(eight_bits_of_a_palette, 5)) +
           chunk("PLTE", palette) + chunk("IDAT", deflated(rows)) + chunk("IEND", "");
}
