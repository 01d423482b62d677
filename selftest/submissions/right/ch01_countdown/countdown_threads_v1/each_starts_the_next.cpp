// Right    Each actor starts the next one before it counts, and joins it afterwards.

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

void play(const CountdownOptions& options, std::size_t actor) {
    std::jthread next;
    if (actor + 1 < options.names.size()) {
        next = std::jthread([&options, actor] { play(options, actor + 1); });
    }
    count_down(options.names[actor], options.from, options.tick);
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::jthread first([&options] { play(options, 0); });
}
