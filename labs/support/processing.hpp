// The two functions of chapter 8. One is heavy on arithmetic and light on data, the other the reverse.
//
// Both are pure, and count in whole numbers up to the last division: the result is the same on every
// machine, to the last digit. Thread-safe.
#pragma once

#include <stop_token>

#include "support/picture.hpp"

// How strong the edges are: the picture is blurred (Gauss) a little, then more and more, and each pixel
// counts with the strongest edge that it has at any of these scales. The mean over all pixels, with four
// digits after the point. Wants a grey picture. Some 2,000 multiplications per pixel. A caller that no
// longer needs the result asks it to stop: what is returned then means nothing.
double process1(const Picture& grey, std::stop_token stop = {});

// How bright the picture is, from 0 to 255, by its histogram: the mean, with four digits after the
// point. A few steps per pixel.
double process2(const Picture& picture);
