// Pictures made smaller.
#pragma once

#include "support/picture.hpp"

// `width` pixels wide and as much lower, the height rounded and at least 1; as it is where it is not wider than that.
// Channels stay: what is transparent counts for as little as it shows. In two steps where the picture is large: whole
// boxes of 2 x 2, 4 x 4 ... pixels become their mean, which is quick, and stb's filter makes what is more than twice
// as wide into what was asked for. Thread-safe.
Picture shrunk(const Picture& picture, int width);

// The height that goes with `width`.
int shrunk_height(const Picture& picture, int width);

// The first of the steps: each box of `side` x `side` pixels becomes its mean. Boxes at the right and at the bottom may
// be narrower and lower.
Picture box_means(const Picture& picture, int side);
