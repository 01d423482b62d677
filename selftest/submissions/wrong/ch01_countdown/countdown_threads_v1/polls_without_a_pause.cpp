// Wrong    Main polls the futures in a loop with a time-out of zero.
// Caught   does not busy-wait
// Also     prints every actor's lines in order
// Also     has no data race
// Also     has no memory error

#include <chrono>
#include <future>
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
    std::vector<std::future<void>> crew;
    for (const std::string& name : options.names) {
        crew.push_back(std::async(std::launch::async, count_down, name, options.from, options.tick));
    }
    for (std::future<void>& actor : crew) {
        while (actor.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        }
    }
}
