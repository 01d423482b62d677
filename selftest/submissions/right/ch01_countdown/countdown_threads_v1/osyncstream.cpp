// Right    Each line goes through an osyncstream, which passes it on whole and flushes.

#include <chrono>
#include <iostream>
#include <string>
#include <syncstream>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        std::osyncstream(std::cout) << "Thread " << name << " is counting down: " << k << "...\n" << std::flush;
        std::this_thread::sleep_for(tick);
    }
    std::osyncstream(std::cout) << "Thread " << name << " finished counting down\n" << std::flush;
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
