#include "support/picture_checks.hpp"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace {

// The next `count` bytes, taken off.
std::string_view taken(std::string_view& file, std::size_t count) {
    if (file.size() < count) throw std::runtime_error("the file ends before its picture does");
    const std::string_view beginning = file.substr(0, count);
    file.remove_prefix(count);
    return beginning;
}

// The number in the next `count` bytes, the highest one first.
std::size_t number(std::string_view& file, std::size_t count) {
    std::size_t number = 0;
    for (const char byte : taken(file, count)) number = number * 256 + static_cast<unsigned char>(byte);
    return number;
}

// Tables, each with a byte, how many codes have 1, 2, ... 16 bits, and what they stand for.
void check_codes(std::string_view tables) {
    while (!tables.empty()) {
        std::size_t codes = 0;
        for (const char count : taken(tables, 17).substr(1)) codes += static_cast<unsigned char>(count);
        if (codes > 256) throw std::runtime_error("a table of more than 256 codes");
        taken(tables, codes);
    }
}

// A row of chunks: length, four letters, that many bytes, and a checksum of the letters and the bytes.
void check_chunks(std::string_view png) {
    taken(png, 8);
    for (std::string_view name; name != "IEND";) {
        const std::size_t length = number(png, 4);
        const std::string_view summed = taken(png, 4 + length);
        if (crc32_z(0, reinterpret_cast<const Bytef*>(summed.data()), summed.size()) != number(png, 4))
            throw std::runtime_error("a checksum is wrong: the file is damaged");
        name = summed.substr(0, 4);
    }
}

// The checksum of what has grown is wrong then; stb_image does not look at it.
std::string with_whole_palette(const std::string& png) {
    constexpr std::size_t most = 256 * 3;
    std::string_view rest = png;
    taken(rest, 8);
    for (std::string_view name; name != "IEND"; taken(rest, 4)) {
        const std::size_t begin = png.size() - rest.size();
        const std::size_t length = number(rest, 4);
        name = taken(rest, 4 + length).substr(0, 4);
        if (name != "PLTE" || length > most || length % 3 != 0) continue;
        const std::string size{0, 0, static_cast<char>(most / 256), static_cast<char>(most % 256)};
        const std::string black(most - length, '\0');
        return png.substr(0, begin) + size + png.substr(begin + 4, 4 + length) + black + png.substr(begin + 8 + length);
    }
    return png;
}

}  // namespace

std::string checked_png(const std::string& file) {
    check_chunks(file);
    return with_whole_palette(file);
}

// A row of segments: FF, a letter, a length that counts itself, and what it says. Between them lie the pixels,
// in which FF is followed by 0 or by D0 to D7.
std::string checked_jpeg(const std::string& file) {
    constexpr std::size_t codes = 0xc4, end = 0xd9;
    std::string_view rest = file;
    taken(rest, 2);
    for (;;) {
        taken(rest, std::min(rest.find('\xff'), rest.size()));
        taken(rest, std::min(rest.find_first_not_of('\xff'), rest.size()));
        const std::size_t letter = number(rest, 1);
        if (letter == end) return file;
        if (letter == 0 || (letter >= 0xd0 && letter <= 0xd7)) continue;
        const std::size_t length = std::max<std::size_t>(number(rest, 2), 2);
        const std::string_view segment = taken(rest, length - 2);
        if (letter == codes) check_codes(segment);
    }
}

std::string checked_bmp(const std::string& file) {
    constexpr std::size_t header = 14, least = header + 16;
    std::string_view rest = file;
    const std::string_view begin = taken(rest, least);
    const std::size_t bits_at = begin.substr(header, 4) == std::string_view("\x0c\0\0\0", 4) ? 24 : 28;
    if (static_cast<unsigned char>(begin[bits_at]) < 16 && begin[bits_at + 1] == 0)
        throw std::runtime_error("a BMP with a palette: save it with 24 bits per pixel");
    return file;
}
