// Right    Calls printf, then fflush, for each line. The children sleep in select with no descriptors.

#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "support/countdown_options.hpp"

// select counts in microseconds; nanosleep sleeps the rest.
void pause_for(Duration tick) {
    timeval whole = {.tv_sec = tick.count() / 1'000'000'000, .tv_usec = tick.count() / 1'000 % 1'000'000};
    select(0, nullptr, nullptr, nullptr, &whole);
    const timespec rest = {.tv_sec = 0, .tv_nsec = tick.count() % 1'000};
    if (rest.tv_nsec > 0) nanosleep(&rest, nullptr);
}

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        std::printf("Process %s is counting down: %d...\n", name.c_str(), k);
        std::fflush(stdout);
        pause_for(tick);
    }
    std::printf("Process %s finished counting down\n", name.c_str());
    std::fflush(stdout);
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            std::exit(0);
        }
    }
    int result = 0;
    for (int status = 0; wait(&status) > 0;) {
        if (WIFSIGNALED(status) || WEXITSTATUS(status) > 0) result = 1;
    }
    return result;
}
