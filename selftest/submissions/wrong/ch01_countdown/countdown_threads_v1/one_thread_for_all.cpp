// Wrong    One thread prints for all actors in turn.
// Caught   each actor is a thread of its own
// Says     the actors slept in 1 thread

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down_all(const CountdownOptions& options) {
    for (int k = options.from; k >= 1; --k) {
        for (const std::string& name : options.names) {
            print_line("Thread ", name, " is counting down: ", k, "...");
        }
        std::this_thread::sleep_for(options.tick);
    }
    for (const std::string& name : options.names) {
        print_line("Thread ", name, " finished counting down");
    }
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::jthread crew([&] { count_down_all(options); });
}
