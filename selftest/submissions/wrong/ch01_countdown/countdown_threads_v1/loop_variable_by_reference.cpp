// Wrong    The threads use a variable of the loop body by reference after it has gone out of scope.
// Caught   has no memory error
// Also     has no data race

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, const Duration& tick) {
    for (int k = from; k >= 1; --k) {
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
        const Duration tick = options.tick;
        crew.emplace_back([&name, &options, &tick] { count_down(name, options.from, tick); });
    }
}
