// Wrong    The threads wait for one another at a barrier after each tick, so none can run ahead.
// Caught   any actor may run ahead of the others
// Says     was woken while the other was kept asleep, and then no line came
// Also     sleeps one tick after each number
// Also     writes every line at once, into a pipe too

#include <barrier>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick, std::barrier<>& all) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
        all.arrive_and_wait();
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::barrier all(static_cast<std::ptrdiff_t>(options.names.size()));
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick, all); });
    }
}
