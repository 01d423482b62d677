// Wrong    Main spins until an atomic counter says that all have finished, then joins.
// Caught   does not busy-wait
// Says     while all actors should be asleep
// Also     prints every actor's lines in order
// Also     has no data race
// Also     has no memory error

#include <atomic>
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
    std::atomic<std::size_t> finished = 0;
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] {
            count_down(name, options.from, options.tick);
            ++finished;
        });
    }
    while (finished < options.names.size()) {
    }
}
