#include "tools/amdahl.hpp"

#include <cmath>

namespace {

// How the sum of the squared errors changes with the fraction: below 0 where a larger one is better.
double slope(const std::vector<SpeedupPoint>& points, double fraction) {
    double sum = 0;
    for (const SpeedupPoint& point : points) {
        const double law = amdahl(fraction, point.threads);
        const double error = std::log(law / point.speedup);
        sum -= 2 * error * law * (1 - 1 / point.threads);
    }
    return sum;
}

}  // namespace

double amdahl(double serial_fraction, double threads) {
    return 1 / (serial_fraction + (1 - serial_fraction) / threads);
}

std::optional<double> fitted_serial_fraction(const std::vector<SpeedupPoint>& points) {
    bool any_together = false;
    for (const SpeedupPoint& point : points) any_together = any_together || point.threads > 1;
    if (!any_together) return std::nullopt;

    if (slope(points, 0) >= 0) return 0;
    if (slope(points, 1) <= 0) return 1;
    double low = 0, high = 1;
    for (int halving = 0; halving < 60; ++halving) {
        const double middle = (low + high) / 2;
        (slope(points, middle) < 0 ? low : high) = middle;
    }
    return low;
}
