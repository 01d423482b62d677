// Wrong    Silently changes --threads 0 to 1.
// Caught   refuses bad flags
// Says     with --threads 0, the program exits with

#include <cstdlib>
#include <string>
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

// Replaces numbers out of range with the nearest valid ones.
std::vector<char*> tamed(int argc, char** argv) {
    static char one[] = "1", most[] = "256";
    std::vector<char*> words(argv, argv + argc);
    for (std::size_t i = 2; i < words.size(); ++i) {
        if (std::string(words[i - 1]) != "--threads") continue;
        if (std::atoi(words[i]) < 1) words[i] = one;
        if (std::atoi(words[i]) > 256) words[i] = most;
    }
    return words;
}

int main(int argc, char** argv) {
    std::vector<char*> words = tamed(argc, argv);
    const BigCountdownOptions options = parse_big_countdown_options(argc, words.data(), "threads share a countdown");

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
        print_line("thread ", i + 1, " counted down from ", share_of(options.count, options.threads, i));
    }
    print_line("counted down from ", options.count, " in ", figure(seconds), " s");
}
