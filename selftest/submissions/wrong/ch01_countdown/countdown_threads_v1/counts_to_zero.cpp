// Wrong    Counts one number too far, down to 0.
// Caught   prints every actor's lines in order
// Says     one line should not be there: "Thread Alice is counting down: 0..."
// Also     any actor may run ahead of the others
// Also     sleeps one tick after each number
// Also     waits for the slowest actor
// Also     is right in whatever order its threads are moved
// Also     writes every line whole
// Also     writes every line at once, into a pipe too
// Also     has no data race
// Also     has no memory error

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 0; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
