// Right    The threads yield in a loop until all have started. Uses a volatile counter and printf.

#include <atomic>
#include <cstdio>
#include <system_error>
#include <thread>
#include <vector>

#include "support/big_countdown_options.hpp"
#include "support/decrement.hpp"
#include "support/figure.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

void count_down(std::int64_t counter) {
    volatile std::int64_t left = counter;
    while (left > 0) left = left - 1;
}

// What thread `i` counts down from; the first thread is 0. The shares add up to
// `count`, even if it does not divide, or if there are more threads than steps.
std::int64_t share_of(std::int64_t count, int threads, int i) {
    return count / threads + (i < count % threads ? 1 : 0);
}

int main(int argc, char** argv) {
    const BigCountdownOptions options = parse_big_countdown_options(argc, argv, "threads share a countdown");

    const Stopwatch stopwatch;
    try {
        std::atomic<int> there = 0;
        std::vector<std::jthread> crew;
        for (int i = 0; i < options.threads; ++i) {
            // Captured by value: `share` ends with this round of the loop, the thread later.
            const std::int64_t share = share_of(options.count, options.threads, i);
            crew.emplace_back([share, &there, all = options.threads] {
                ++there;
                while (there < all) std::this_thread::yield();
                count_down(share);
            });
        }
        // Leaving this block joins every thread: the clock is read when all have counted.
    } catch (const std::system_error& error) {
        // The system refused a thread. The block has joined those that did start.
        print_error("cannot start ", options.threads, " threads: ", error.what());
        return 1;
    }

    const double seconds = stopwatch.seconds();
    for (int i = 0; i < options.threads; ++i) {
        print_line("thread ", i + 1, " counted down from ", share_of(options.count, options.threads, i));
    }
    std::printf("counted down from %lld in %g s\n", static_cast<long long>(options.count), seconds);
}
