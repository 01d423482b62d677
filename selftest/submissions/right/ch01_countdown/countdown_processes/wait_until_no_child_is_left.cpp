// Right    Calls wait until ECHILD, collects all statuses and checks them at the end. Sleeps in nanosleep.

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void pause_for(Duration tick) {
    timespec left = {.tv_sec = tick.count() / 1'000'000'000, .tv_nsec = tick.count() % 1'000'000'000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
}

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Process ", name, " is counting down: ", k, "...");
        pause_for(tick);
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    for (const std::string& name : options.names) {
        const pid_t child = fork();
        if (child < 0) return 1;
        if (child > 0) continue;
        count_down(name, options.from, options.tick);
        std::exit(EXIT_SUCCESS);
    }

    std::vector<int> statuses;
    for (int status = 0; wait(&status) > 0 || errno == EINTR;) statuses.push_back(status);
    const auto ended_well = [](int status) { return WIFEXITED(status) && WEXITSTATUS(status) == 0; };
    return std::ranges::all_of(statuses, ended_well) ? EXIT_SUCCESS : EXIT_FAILURE;
}
