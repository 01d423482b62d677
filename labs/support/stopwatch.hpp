// Seconds since a moment.
#pragma once

#include <algorithm>
#include <chrono>

class Stopwatch {
  public:
    // Never 0, so that a ratio of two times is a number: what is too short to see took 1 ns.
    double seconds() const {
        const auto passed = Clock::now() - start_;
        return std::chrono::duration<double>(std::max<Clock::duration>(passed, shortest)).count();
    }

  private:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::nanoseconds shortest{1};

    Clock::time_point start_ = Clock::now();
};
