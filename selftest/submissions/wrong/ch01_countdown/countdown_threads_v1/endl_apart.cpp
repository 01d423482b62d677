// Wrong    Builds the text whole but writes the newline separately with endl.
// Caught   writes every line whole
// Also     prints every actor's lines in order
// Also     has no memory error

#include <chrono>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        std::cout << "Thread " + name + " is counting down: " + std::to_string(k) + "..." << std::endl;
        std::this_thread::sleep_for(tick);
    }
    std::cout << "Thread " + name + " finished counting down" << std::endl;
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
