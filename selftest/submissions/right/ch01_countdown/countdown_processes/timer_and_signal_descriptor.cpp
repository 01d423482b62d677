// Right    Each child sleeps with a timer from timer_create and reads the timer's signal from a signalfd.

#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <ctime>
#include <string>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void sleep_by(timer_t timer, int signals, Duration tick) {
    if (tick == Duration::zero()) return;  // zero would disarm the timer
    itimerspec once{};
    once.it_value = {tick.count() / 1'000'000'000, tick.count() % 1'000'000'000};
    timer_settime(timer, 0, &once, nullptr);
    signalfd_siginfo taken{};
    while (read(signals, &taken, sizeof taken) < 0 && errno == EINTR) {
    }
}

void count_down(const std::string& name, int from, Duration tick) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    const int signals = signalfd(-1, &set, SFD_CLOEXEC);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGUSR1;
    timer_t timer{};
    timer_create(CLOCK_MONOTONIC, &event, &timer);
    for (int k = from; k >= 1; --k) {
        print_line("Process ", name, " is counting down: ", k, "...");
        sleep_by(timer, signals, tick);
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    std::vector<pid_t> children;
    for (const std::string& name : options.names) {
        children.push_back(fork());
        if (children.back() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
    }
    bool failed = false;
    for (const pid_t child : children) {
        int status = 0;
        failed |= waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
