// Wrong    Joins the first thread and detaches the others.
// Caught   waits for the slowest actor
// Says     the program ended while one actor was still asleep
// Also     prints every actor's lines in order
// Also     sleeps one tick after each number
// Also     joins every thread
// Also     is right in whatever order its threads are moved
// Also     writes every line whole
// Also     writes every line at once, into a pipe too
// Also     has no memory error

#include <chrono>
#include <string>
#include <thread>
#include <vector>

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
    std::vector<std::thread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back(count_down, name, options.from, options.tick);
    }
    crew.front().join();
    for (std::thread& actor : crew) {
        if (actor.joinable()) actor.detach();
    }
}
