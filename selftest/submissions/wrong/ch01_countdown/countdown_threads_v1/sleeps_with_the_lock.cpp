// Wrong    Holds the mutex that guards stdout while it sleeps.
// Caught   both actors count at the same time
// Also     prints every actor's lines in order

#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

std::mutex stdout_mutex;

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        const std::scoped_lock lock(stdout_mutex);
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
