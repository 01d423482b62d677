// From the bytes of a picture to a thumbnail on disk.
#pragma once

#include <string>

#include "support/album.hpp"
#include "support/message.hpp"

// Decodes the picture, shrinks it to options.width and writes options.out/NAME.png, whole or not at all, in place of an
// older one. Says "800x600 -> 256x192", or "failed: WHY", also for a download that failed. Computes, and waits for
// nothing but the disk. Thread-safe.
Result make_thumbnail(const Listed& picture, const Downloaded& downloaded, const ThumbnailOptions& options);
