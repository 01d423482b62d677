// Wrong    Keeps the tick as microseconds in 32 bits, so an hour becomes negative.
// Caught   sleeps one tick after each number

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

using Microseconds = std::chrono::duration<std::int32_t, std::micro>;

void count_down(const std::string& name, int from, Microseconds tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    const Microseconds tick(static_cast<std::int32_t>(options.tick.count() / 1'000));
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, tick); });
    }
}
