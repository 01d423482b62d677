// Right    Sleeps the whole seconds in sleep, the microseconds in usleep and the rest in nanosleep.

#include <time.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void pause_for(Duration tick) {
    const long nanoseconds = tick.count();
    if (nanoseconds >= 1'000'000'000) sleep(static_cast<unsigned>(nanoseconds / 1'000'000'000));
    usleep(static_cast<useconds_t>(nanoseconds / 1'000 % 1'000'000));
    const timespec rest = {.tv_sec = 0, .tv_nsec = nanoseconds % 1'000};
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
