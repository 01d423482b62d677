// Right    Builds the line with its newline, writes it with one <<, then flushes. It needs no lock.

#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"

void say(const std::string& line) {
    std::cout << line + "\n" << std::flush;
}

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        say("Thread " + name + " is counting down: " + std::to_string(k) + "...");
        std::this_thread::sleep_for(tick);
    }
    say("Thread " + name + " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
