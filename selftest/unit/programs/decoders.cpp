// What the given code reads, cut short and damaged, each in the same way each time: the pictures in a folder, as they
// are and as chapter 6 shrinks them, and chapter 4's and 8's messages. Prints a line for each, with what came of it.
// Built with AddressSanitizer and UBSan, stb's libraries as well, the JSON library not.
//
//   decoders PICTURES FOLDER   thumbnails are written to FOLDER
#include <zlib.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <vector>

#include "support/decode.hpp"
#include "support/encode.hpp"
#include "support/message.hpp"
#include "support/pnm.hpp"
#include "support/processing_json.hpp"
#include "support/thumbnail.hpp"

namespace {

namespace fs = std::filesystem;

struct Read {
    std::string name;
    std::string (*outcome)(const std::string& bytes);
};

std::string sum_of(const void* bytes, std::size_t size) {
    return std::to_string(crc32_z(0, static_cast<const Bytef*>(bytes), size));
}

std::string text_of(const Picture& picture) {
    return std::to_string(picture.width) + " x " + std::to_string(picture.height) + ", " +
           sum_of(picture.pixels.data(), picture.pixels.size());
}

std::string picture(const std::string& bytes) {
    return text_of(decoded(bytes));
}

std::string file_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// With the channels that the file has, in one step and, to a width of 1, in two.
std::string thumbnail(const std::string& bytes) {
    std::string outcome;
    for (const int width : {5, 1}) {
        ThumbnailOptions options;
        options.out = ".";
        options.width = width;
        const Result result = make_thumbnail({"thumbnail", "", ""}, {true, bytes, ""}, options);
        if (!result.ok) throw std::runtime_error(result.text);
        const std::string png = file_text("thumbnail.png");
        outcome += result.text + ", " + sum_of(png.data(), png.size()) + "; ";
    }
    return outcome;
}

std::string request(const std::string& bytes) {
    return text_of(picture_in(bytes));
}

std::string reply(const std::string& bytes) {
    return why_in(bytes) + std::to_string(result_in(bytes));
}

std::string fetched(const std::string& bytes) {
    return result_of(bytes, 0).text;
}

void tell(const std::string& what, const Read& read, const std::string& bytes) {
    std::string outcome;
    try {
        outcome = read.outcome(bytes);
    } catch (const std::exception& refusal) {
        outcome = std::string("refused: ") + refusal.what();
    }
    std::cout << read.name << ' ' << what << ": " << outcome << '\n';
}

std::size_t number_in(const std::string& bytes, std::size_t at, std::size_t count) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number * 256 + static_cast<unsigned char>(bytes[at + i]);
    return number;
}

std::string bytes_of(std::size_t number, std::size_t count) {  // the highest one first
    std::string bytes(count, '\0');
    for (; count-- > 0; number /= 256) bytes[count] = static_cast<char>(number % 256);
    return bytes;
}

bool is_png(const std::string& bytes) {
    return bytes.substr(1, 3) == "PNG";
}

// The checksums of a PNG, right again: so that what is damaged gets past them.
std::string repaired(std::string png) {
    for (std::size_t at = 8; at + 12 <= png.size();) {
        const std::size_t length = number_in(png, at, 4);
        if (length > png.size() - at - 12) break;
        const auto sum = crc32_z(0, reinterpret_cast<const Bytef*>(&png[at + 4]), length + 4);
        png.replace(at + 8 + length, 4, bytes_of(sum, 4));
        at += 12 + length;
    }
    return png;
}

void damage(const Read& read, const std::string& whole) {
    tell("whole", read, whole);
    for (std::size_t size = 0; size < whole.size(); ++size)
        tell("cut to " + std::to_string(size), read, whole.substr(0, size));
    // All of the beginning, where the header is, then every few bytes.
    for (std::size_t i = 0; i < whole.size(); i += i < 100 ? 1 : 3) {
        for (const unsigned change : {0x01U, 0x80U, 0xffU}) {
            std::string damaged = whole;
            damaged[i] = static_cast<char>(static_cast<unsigned char>(damaged[i]) ^ change);
            const std::string what = "with byte " + std::to_string(i) + " changed by " + std::to_string(change);
            tell(what, read, damaged);
            if (is_png(whole)) tell(what + " and repaired", read, repaired(damaged));
        }
    }
}

// A PNG, a JPEG or a BMP whose header says that its picture has this size.
std::string of_size(const std::string& whole, std::size_t width, std::size_t height) {
    const auto reversed = [](const std::string& bytes) { return std::string(bytes.rbegin(), bytes.rend()); };
    std::string other = whole;
    if (is_png(whole)) return repaired(other.replace(16, 8, bytes_of(width, 4) + bytes_of(height, 4)));
    if (whole.substr(0, 2) == "BM") return other.replace(18, 8, reversed(bytes_of(height, 4) + bytes_of(width, 4)));
    const std::size_t frame = std::min(whole.find("\xff\xc0"), whole.find("\xff\xc2"));  // baseline, progressive
    return other.replace(frame + 5, 4, bytes_of(height, 2) + bytes_of(width, 2));
}

void promise(const Read& read, const std::string& whole) {
    constexpr std::size_t sizes[][2] = {{65'000, 65'000}, {16'385, 1}, {1, 16'385}, {12'000, 9'000}, {10'000, 10'000}};
    for (const auto& [width, height] : sizes)
        tell("promising " + std::to_string(width) + " x " + std::to_string(height), read,
             of_size(whole, width, height));
}

// What gets past the decoder is shrunk and written, which takes longer: so by a few hundred accidents alone.
void shrink(const std::string& name, const std::string& whole) {
    const Read read{name + " as a thumbnail", thumbnail};
    std::mt19937 chance(1);
    tell("whole", read, whole);
    for (int i = 0; i < 40; ++i) {
        const std::size_t size = chance() % whole.size();
        tell("cut to " + std::to_string(size), read, whole.substr(0, size));
    }
    for (int i = 0; i < 80; ++i) {
        std::string damaged = whole;
        for (auto bytes = 1 + chance() % 3; bytes > 0; --bytes) {
            char& byte = damaged[chance() % damaged.size()];
            byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1 + chance() % 255));
        }
        const std::string what = "changed for time " + std::to_string(i);
        tell(what, read, damaged);
        if (is_png(whole)) tell(what + " and repaired", read, repaired(damaged));
    }
    if (!is_pnm(whole)) promise(read, whole);
}

// One more part for a PNG, before its pixels.
std::string with_part(std::string png, const std::string& name, const std::string& content) {
    const std::size_t pixels = png.find("IDAT") - 4;
    return repaired(png.insert(pixels, bytes_of(content.size(), 4) + name + content + "sum?"));
}

Picture pattern(int channels) {
    Picture picture{19, 13, channels, {}};
    for (std::size_t i = 0; i < picture.size(); ++i) picture.pixels.push_back(static_cast<std::uint8_t>(i * i * 37));
    return picture;
}

}  // namespace

int main(int, char** argv) {
    const fs::path pictures = argv[1];
    std::vector<fs::path> files(fs::directory_iterator{pictures}, {});
    std::sort(files.begin(), files.end());
    fs::current_path(argv[2]);
    for (const fs::path& file : files) {
        const std::string whole = file_text(file);
        damage({file.filename(), picture}, whole);
        shrink(file.filename(), whole);
    }
    for (const int channels : {1, 2, 3, 4})
        shrink(std::to_string(channels) + "_channels.png", png_of(pattern(channels)));
    const auto transparent = [&](const char* name, const std::string& which) {
        shrink(std::string("transparent_") + name, with_part(file_text(pictures / name), "tRNS", which));
    };
    transparent("grey.png", bytes_of(7, 2));
    transparent("rgb.png", bytes_of(7, 6));
    transparent("palette.png", bytes_of(0x80ff, 3));
    damage({"request", request}, request_of({3, 2, 3, std::vector<std::uint8_t>(18, 77)}));
    damage({"reply", reply}, reply_of(45.3184));
    damage({"error", reply}, error_of("no \"reason\" \xc3\xa9"));
    damage({"message", fetched}, message_of({true, "twelve bytes", ""}));
    damage({"failure", fetched}, message_of({false, "", "404 Not Found"}));
}
