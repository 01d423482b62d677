#include "support/growing_pause.hpp"

#include <algorithm>
#include <random>

Duration growing_pause(int again, Duration first, Duration longest) {
    Duration pause = std::min(first, longest);
    for (int i = 1; i < again && pause < longest; ++i) pause = pause > longest / 2 ? longest : pause * 2;
    thread_local std::mt19937 chance(std::random_device{}());
    const double part = std::uniform_real_distribution<double>(0.7, 1.3)(chance);
    return std::chrono::duration_cast<Duration>(pause * part);
}
