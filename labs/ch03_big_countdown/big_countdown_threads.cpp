// Chapter 3: Big countdown, shared out to threads
//
// Goal    Each thread makes a share of the steps, all at the same time.
// Run     ./kit run big_countdown_threads
// Expect  Now: the time of big_countdown_sequential; main makes all the steps.
//         Done: with two free cores, half of it.
// Check   ./kit grade big_countdown_threads
// Read    labs/ch03_big_countdown/README.md, steps 2 and 3

#include <system_error>
#include <thread>
#include <vector>

#include "support/big_countdown_options.hpp"
#include "support/decrement.hpp"
#include "support/figure.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"
#include "support/todo.hpp"

void count_down(std::int64_t counter) {
    while (counter > 0) decrement(counter);
}

// What thread `i` counts down from; the first thread is 0. The shares add up to
// `count`, even if it does not divide, or if there are more threads than steps.
std::int64_t share_of(std::int64_t count, int threads, int i) {
    // TODO 1  Share it out as evenly as whole numbers can be. What becomes of
    //         the remainder?
    (void)threads;
    return i == 0 ? count : 0;  // Correct, but not shared.
}

int main(int argc, char** argv) {
    const BigCountdownOptions options = parse_big_countdown_options(argc, argv, "threads share a countdown");

    still_to_do("a share of the count for each thread (TODO 1 to 4)");  // Delete with the last.

    const Stopwatch stopwatch;
    // TODO 2  Keep the threads in a std::vector<std::jthread>, in a block that
    //         ends before the lines are printed. What joins them, and when?
    for (int i = 0; i < options.threads; ++i) {
        // TODO 3  Start a thread that makes this call. What may its lambda
        //         borrow, and what must it copy?
        count_down(share_of(options.count, options.threads, i));  // Correct, but in turn.
    }
    // TODO 4  If the system has no thread left, std::jthread throws a
    //         std::system_error. Say so on stderr, and return 1.

    const double seconds = stopwatch.seconds();
    for (int i = 0; i < options.threads; ++i) {
        print_line("thread ", i + 1, " counted down from ", share_of(options.count, options.threads, i));
    }
    print_line("counted down from ", options.count, " in ", figure(seconds), " s");
}
