// Chapter 1: Countdown with threads (solution)
//
// Idea    The block that owns the threads is the block that waits for them.
// Demo    1. ./kit run --solution countdown_threads_v1, twice: which lines
//            moved? Which never can?
//         2. Move `crew` inside the loop. Predict, then run. (Serial again.)
//         3. Make the threads of type std::thread and detach each one. What
//            does each still read through `&name` when main returns?

#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k > 0; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options = parse_countdown_options(argc, argv, "actors count down, a thread for each");

    try {
        std::vector<std::jthread> crew;
        for (const std::string& name : options.names) {
            crew.emplace_back([&name, &options] { count_down(name, options.from, options.tick); });
        }
        // Leaving this block joins every thread, so the borrowed name and
        // options cannot die before the threads that read them.
    } catch (const std::system_error& error) {
        // The system has no more threads: the block has joined those that did start.
        print_error("cannot start a thread for every actor: ", error.what());
        return 1;
    }
}
