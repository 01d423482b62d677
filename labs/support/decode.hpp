// Pictures as other programs write them. The bytes may be anybody's: whatever they are, there is a whole
// picture in them, or a refusal.
#pragma once

#include <cstdint>
#include <string>

#include "support/picture.hpp"

constexpr int longest_side = 16'384;  // pixels: a few bytes of a file can ask for any amount of memory

struct Decoding {
    int channels = 3;                                                      // 0: as many as the file has
    std::int64_t most_pixels = std::int64_t{longest_side} * longest_side;  // beyond: refused before memory is taken
};

// The picture in the bytes of a PNG, JPEG, BMP, PPM or PGM file (of the last two: the binary ones). Throws std::runtime_error, with the reason, where there is none, where the file ends before its
// picture does, and where a checksum (PNG) is wrong. JPEG has no checksums: a changed byte may be a changed
// picture there, the same one each time. Thread-safe.
Picture decoded(const std::string& file, const Decoding& how = {});
