#include "amdahl.hpp"

#include <algorithm>

double amdahl(double serial_fraction, double threads) {
    return 1 / (serial_fraction + (1 - serial_fraction) / threads);
}

std::optional<double> fitted_serial_fraction(const std::vector<SpeedupPoint>& points) {
    // The law, 1/S = f + (1 - f)/n, is a line through the origin: 1/S - 1/n = f (1 - 1/n). Its
    // slope f has a closed form, and the squares grow on either side of it, so that the best
    // fraction from 0 to 1 is the nearest one.
    double products = 0, squares = 0;
    for (const SpeedupPoint& point : points) {
        const double x = 1 - 1 / point.threads;
        const double y = 1 / point.speedup - 1 / point.threads;
        products += x * y;
        squares += x * x;
    }
    if (squares <= 0) return std::nullopt;
    return std::clamp(products / squares, 0.0, 1.0);
}
