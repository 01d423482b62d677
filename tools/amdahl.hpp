// Amdahl's law, and which serial fraction explains what was measured.
// G. M. Amdahl: Validity of the Single Processor Approach to Achieving Large Scale Computing
// Capabilities. AFIPS Spring Joint Computer Conference, 1967.
#pragma once

#include <optional>
#include <vector>

struct SpeedupPoint {
    double threads = 1;
    double speedup = 1;  // the seconds of one thread over those of so many
};

// The speed-up of work of which `serial_fraction`, 0 to 1, is done by one thread at a time.
double amdahl(double serial_fraction, double threads);

// The serial fraction, 0 to 1, for which the law comes nearest, by least squares over the points. The
// errors are those of the logarithms: twice as much and half as much are as far off, and each point
// counts alike. (Of times, the rows of few threads would decide, of speed-ups those of many.) Nothing
// where all points are of one thread: it tells nothing about others.
std::optional<double> fitted_serial_fraction(const std::vector<SpeedupPoint>& points);
