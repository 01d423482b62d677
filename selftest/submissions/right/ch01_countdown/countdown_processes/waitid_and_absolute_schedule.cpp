// Right    Calls waitid for any child. clock_nanosleep sleeps until absolute times, so no drift adds up.

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (int k = from; k >= 1; --k) {
        print_line("Process ", name, " is counting down: ", k, "...");
        next.tv_sec += tick.count() / 1'000'000'000;
        next.tv_nsec += tick.count() % 1'000'000'000;
        if (next.tv_nsec >= 1'000'000'000) {
            next.tv_nsec -= 1'000'000'000;
            ++next.tv_sec;
        }
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, nullptr) == EINTR) {
        }
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    std::size_t running = 0;
    for (const std::string& name : options.names) {
        const pid_t child = fork();
        if (child == 0) {
            count_down(name, options.from, options.tick);
            return 0;
        }
        if (child > 0) ++running;
    }
    bool failed = running < options.names.size();
    for (; running > 0; --running) {
        siginfo_t end = {};
        if (waitid(P_ALL, 0, &end, WEXITED) != 0) return 1;
        failed |= end.si_code != CLD_EXITED || end.si_status != 0;
    }
    return failed ? 1 : 0;
}
