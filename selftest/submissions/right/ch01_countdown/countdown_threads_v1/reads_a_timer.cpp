// Right    Sleeps by reading a timerfd, which blocks until the tick is over.

#include <sys/timerfd.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void pause_for(Duration tick, int timer) {
    if (tick == Duration::zero()) return;  // zero would disarm the timer
    itimerspec once = {};
    once.it_value.tv_sec = tick.count() / 1'000'000'000;
    once.it_value.tv_nsec = tick.count() % 1'000'000'000;
    timerfd_settime(timer, 0, &once, nullptr);
    std::uint64_t expirations = 0;
    while (read(timer, &expirations, sizeof expirations) < 0) {
    }
}

void count_down(const std::string& name, int from, Duration tick) {
    const int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        pause_for(tick, timer);
    }
    close(timer);
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
