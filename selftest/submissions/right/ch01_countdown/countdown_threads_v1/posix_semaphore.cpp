// Right    Sleeps in sem_timedwait, whose deadline is a time of day.

#include <semaphore.h>
#include <time.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

timespec time_of_day_after(Duration tick) {
    timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const long nanoseconds = now.tv_nsec + tick.count() % 1'000'000'000;
    return {.tv_sec = now.tv_sec + tick.count() / 1'000'000'000 + nanoseconds / 1'000'000'000,
            .tv_nsec = nanoseconds % 1'000'000'000};
}

void count_down(const std::string& name, int from, Duration tick) {
    sem_t never;
    sem_init(&never, 0, 0);
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        const timespec deadline = time_of_day_after(tick);
        while (sem_timedwait(&never, &deadline) != 0 && errno == EINTR) {
        }
    }
    sem_destroy(&never);
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
