// stb's resizer, of whichever generation the machine has: https://github.com/nothings/stb
#pragma once

#include "support/picture.hpp"

// The left part of `from` (a share of its width, 1 for all of it) and the upper one, resized to the size that `to` has.
// False where memory runs out. Thread-safe.
bool stb_resize(const Picture& from, double columns, double rows, Picture& to);
