// Right    Sleeps the whole milliseconds in poll and the rest in nanosleep.

#include <poll.h>
#include <time.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void pause_for(Duration tick) {
    const auto whole = std::chrono::floor<std::chrono::milliseconds>(tick);
    poll(nullptr, 0, static_cast<int>(whole.count()));  // an hour is 3,600,000
    const timespec rest = {.tv_sec = 0, .tv_nsec = (tick - whole).count()};
    if (rest.tv_nsec > 0) nanosleep(&rest, nullptr);
}

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        pause_for(tick);
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
