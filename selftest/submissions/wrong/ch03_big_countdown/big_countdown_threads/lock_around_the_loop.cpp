// Wrong    each thread counts under one lock, so they count in turn.
// Caught   all threads count at the same time
// Says     could go on while the others stood still

#include <mutex>
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

// What thread `i` counts down from; the first is 0. All shares together are
// `count`, also where it does not divide, or where threads outnumber it.
std::int64_t share_of(std::int64_t count, int threads, int i) {
    return count / threads + (i < count % threads ? 1 : 0);
}

int main(int argc, char** argv) {
    const BigCountdownOptions options = parse_big_countdown_options(argc, argv, "threads share a countdown");

    const Stopwatch stopwatch;
    try {
        std::mutex mutex;
        std::vector<std::jthread> crew;
        for (int i = 0; i < options.threads; ++i) {
            // A copy: `share` is gone with this round of the loop, and the thread is not.
            const std::int64_t share = share_of(options.count, options.threads, i);
            crew.emplace_back([share, &mutex] {
                const std::scoped_lock lock(mutex);
                count_down(share);
            });
        }
        // Leaving this block joins every thread: the clock is read when all have counted.
    } catch (const std::system_error& error) {
        // No thread to be had: the block has joined those that did start.
        print_error("cannot start ", options.threads, " threads: ", error.what());
        return 1;
    }

    const double seconds = stopwatch.seconds();
    for (int i = 0; i < options.threads; ++i) {
        print_line("thread ", i + 1, " counted down from ", share_of(options.count, options.threads, i));
    }
    print_line("counted down from ", options.count, " in ", figure(seconds), " s");
}
