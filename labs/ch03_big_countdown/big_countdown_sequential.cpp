// Chapter 3: Big countdown, by one thread (given, complete)
//
// Goal    See what a hundred million steps cost when a single thread makes them.
// Run     ./kit run big_countdown_sequential
// Expect  One line, after a moment in which one core is busy.
// Read    labs/ch03_big_countdown/README.md, step 1

#include "support/big_countdown_options.hpp"
#include "support/decrement.hpp"
#include "support/figure.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

void count_down(std::int64_t counter) {
    while (counter > 0) decrement(counter);
}

int main(int argc, char** argv) {
    // Takes --threads too, so that one command line fits all programs of the
    // chapter. What it does with it is the point of the other two.
    const BigCountdownOptions options =
        parse_big_countdown_options(argc, argv, "one thread counts down, whatever --threads says");

    const Stopwatch stopwatch;
    count_down(options.count);
    print_line("counted down from ", options.count, " in ", figure(stopwatch.seconds()), " s");
}
