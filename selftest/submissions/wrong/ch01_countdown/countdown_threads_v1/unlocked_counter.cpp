// Wrong    Each thread increments a plain int without a lock when it finishes.
// Caught   has no data race
// Says     data race labs/ch01_countdown/countdown_threads_v1.cpp

#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

int finished = 0;

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
    ++finished;
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
    for (std::jthread& actor : crew) actor.join();
    std::cerr << finished << " actors have finished\n";
}
