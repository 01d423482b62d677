// Wrong    Locks stdout for each piece of a line instead of for the whole line.
// Caught   writes every line whole
// Also     prints every actor's lines in order
// Also     any actor may run ahead of the others
// Also     waits for the slowest actor
// Also     is right in whatever order its threads are moved
// Also     writes every line at once, into a pipe too
// Also     has no data race
// Also     has no memory error

#include <chrono>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"

std::mutex stdout_mutex;

void say(const std::string& text) {
    const std::scoped_lock lock(stdout_mutex);
    std::cout << text << std::flush;
}

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        say("Thread " + name);
        say(" is counting down: " + std::to_string(k) + "...\n");
        std::this_thread::sleep_for(tick);
    }
    say("Thread " + name);
    say(" finished counting down\n");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
