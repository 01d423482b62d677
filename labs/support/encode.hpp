// Pictures as files.
#pragma once

#include <string>

#include "support/picture.hpp"

// The bytes of the file. Throws std::bad_alloc. Thread-safe.
std::string png_of(const Picture& picture);
std::string jpeg_of(const Picture& picture, int quality);  // 1 to 100; alpha is left out
