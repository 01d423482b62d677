// Chapter 1: Countdown, one actor after the other (given, complete)
//
// Goal    See what it costs when actors take turns.
// Run     ./kit run countdown_sequential
// Expect  Bob begins when Alice has finished.
// Read    labs/ch01_countdown/README.md, step 1

#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k > 0; --k) {
        print_line(name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line(name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options = parse_countdown_options(argc, argv, "actors count down, one after the other");

    for (const std::string& name : options.names) {
        count_down(name, options.from, options.tick);
    }
}
