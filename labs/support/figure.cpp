#include "support/figure.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

std::string figure(double value) {
    const double size = std::abs(value);
    const int before_point = size > 0 ? static_cast<int>(std::floor(std::log10(size))) + 1 : 1;
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", std::clamp(4 - before_point, 0, 20), value);
    return text;
}
