// Wrong    Relies on a newline to flush, which it does only on a terminal.
// Caught   writes every line at once, into a pipe too

#include <chrono>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"

std::mutex stdout_mutex;

void say(const std::string& line) {
    const std::scoped_lock lock(stdout_mutex);
    std::cout << line << '\n';
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
