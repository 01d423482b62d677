// Wrong    Detaches the threads and sleeps for as long as they should take.
// Caught   waits for the slowest actor
// Also     prints every actor's lines in order
// Also     joins every thread
// Also     is right in whatever order its threads are moved
// Also     writes every line whole
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
    for (const std::string& name : options.names) {
        std::thread(count_down, name, options.from, options.tick).detach();
    }
    std::this_thread::sleep_for((options.from + 1) * options.tick);
}
