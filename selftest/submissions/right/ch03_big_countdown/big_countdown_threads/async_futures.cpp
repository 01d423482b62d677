// Right    Each future returns what its thread counted.

#include <future>
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
    std::vector<std::future<std::int64_t>> counted;
    for (int i = 0; i < options.threads; ++i) {
        counted.push_back(std::async(std::launch::async, [share = share_of(options.count, options.threads, i)] {
            count_down(share);
            return share;
        }));
    }
    std::vector<std::int64_t> shares;
    for (auto& future : counted) shares.push_back(future.get());

    const double seconds = stopwatch.seconds();
    for (int i = 0; i < options.threads; ++i) {
        print_line("thread ", i + 1, " counted down from ", shares[i]);
    }
    print_line("counted down from ", options.count, " in ", figure(seconds), " s");
}
