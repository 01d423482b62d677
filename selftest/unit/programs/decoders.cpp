// What the given code reads, cut short and damaged, each in the same way each time: the pictures in a folder,
// and chapter 4's and 8's messages. Prints a line for each, with what came of it. Built with AddressSanitizer
// and UBSan, stb_image as well, the JSON library not.
#include <zlib.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "support/decode.hpp"
#include "support/message.hpp"
#include "support/processing_json.hpp"

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

// The checksums of a PNG, right again: so that what is damaged gets past them.
void repair(std::string& png) {
    const auto byte = [&png](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(png[i])); };
    for (std::size_t at = 8; at + 12 <= png.size();) {
        const std::size_t length = byte(at) << 24 | byte(at + 1) << 16 | byte(at + 2) << 8 | byte(at + 3);
        if (length > png.size() - at - 12) return;
        const auto sum = crc32_z(0, reinterpret_cast<const Bytef*>(&png[at + 4]), length + 4);
        for (std::size_t i = 0; i < 4; ++i) png[at + 8 + length + i] = static_cast<char>(sum >> (24 - 8 * i));
        at += 12 + length;
    }
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
            if (whole.substr(1, 3) != "PNG") continue;
            repair(damaged);
            tell(what + " and repaired", read, damaged);
        }
    }
}

}  // namespace

int main(int, char** argv) {
    std::vector<fs::path> files(fs::directory_iterator{argv[1]}, {});
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        std::ifstream in(file, std::ios::binary);
        damage({file.filename(), picture}, std::string(std::istreambuf_iterator<char>(in), {}));
    }
    damage({"request", request}, request_of({3, 2, 3, std::vector<std::uint8_t>(18, 77)}));
    damage({"reply", reply}, reply_of(45.3184));
    damage({"error", reply}, error_of("no \"reason\" \xc3\xa9"));
    damage({"message", fetched}, message_of({true, "twelve bytes", ""}));
    damage({"failure", fetched}, message_of({false, "", "404 Not Found"}));
}
