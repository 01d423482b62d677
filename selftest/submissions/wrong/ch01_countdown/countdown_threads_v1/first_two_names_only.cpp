// Wrong    Starts the first two actors and ignores further names.
// Caught   prints every actor's lines in order
// Also     waits for the slowest actor
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     has no memory error

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    const auto play = [&options](std::size_t i) {
        if (i < options.names.size()) count_down(options.names[i], options.from, options.tick);
    };
    std::thread first(play, 0);
    std::thread second(play, 1);
    first.join();
    second.join();
}
