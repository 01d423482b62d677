#include "support/slowed.hpp"

#include <ctime>

double processor_seconds() {
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) / 1e9;
}

void burn(double seconds) {
    if (seconds <= 0) return;
    const double end = processor_seconds() + seconds;
    while (processor_seconds() < end) {
        volatile int steps = 0;
        while (steps < 10'000) steps = steps + 1;  // looking at the clock is not free
    }
}
