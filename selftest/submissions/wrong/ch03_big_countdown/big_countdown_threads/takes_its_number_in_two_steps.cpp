// Wrong    Each thread takes its number with a load and a store. Two may take the same number and count the same share
//          (lost update).
// Caught   is right in whatever order its threads are moved
// Says     the shares add up to

#include <atomic>
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
    std::vector<std::atomic<std::int64_t>> counted(options.threads);
    try {
        std::atomic<int> next = 0;
        std::vector<std::jthread> crew;
        for (int i = 0; i < options.threads; ++i) {
            crew.emplace_back([&] {
                const int mine = next;
                next = mine + 1;
                const std::int64_t share = share_of(options.count, options.threads, mine);
                count_down(share);
                counted[mine] = share;
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
        print_line("thread ", i + 1, " counted down from ", counted[i].load());
    }
    print_line("counted down from ", options.count, " in ", figure(seconds), " s");
}
