// Wrong    Numbers the threads from 0.
// Caught   prints every thread's share in order, then the sum
// Says     line 1 on stdout is "thread 0 counted down from
// Also     the shares add up to the count
// Also     is right in whatever order its threads are moved

#include <system_error>
#include <thread>
#include <vector>

#include "support/big_countdown_options.hpp"
#include "support/decrement.hpp"
#include "support/figure.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

void count_down(std::int64_t counter) {
    while (counter > 0) decrement(counter);
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
        std::vector<std::jthread> crew;
        for (int i = 0; i < options.threads; ++i) {
            // Captured by value: `share` ends with this round of the loop, the thread later.
            const std::int64_t share = share_of(options.count, options.threads, i);
            crew.emplace_back([share] { count_down(share); });
        }
        // Leaving this block joins every thread: the clock is read when all have counted.
    } catch (const std::system_error& error) {
        // The system refused a thread. The block has joined those that did start.
        print_error("cannot start ", options.threads, " threads: ", error.what());
        return 1;
    }

    const double seconds = stopwatch.seconds();
    for (int i = 0; i < options.threads; ++i) {
        print_line("thread ", i, " counted down from ", share_of(options.count, options.threads, i));
    }
    print_line("counted down from ", options.count, " in ", figure(seconds), " s");
}
