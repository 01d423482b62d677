// Pictures as other programs write them. The bytes may be anybody's: whatever they are, there is a whole
// picture in them, or a refusal.
#pragma once

#include <string>

#include "support/picture.hpp"

constexpr int longest_side = 16'384;  // pixels: a few bytes of a file can ask for any amount of memory

// The picture in the bytes of a PNG, JPEG, BMP, PPM or PGM file (of the last two: the binary ones), with 3
// channels. Throws std::runtime_error, with the reason, where there is none, where the file ends before its
// picture does, and where a checksum (PNG) is wrong. JPEG has no checksums: a changed byte may be a changed
// picture there, the same one each time. Thread-safe.
Picture decoded(const std::string& file);
