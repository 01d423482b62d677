// Ticks three times by a timer that goes off again by itself: periodic timerfd|setitimer.
#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <string>

int main(int, char** argv) {
    const bool by_signal = std::string(argv[1]) == "setitimer";
    const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
    if (by_signal) {
        signal(SIGALRM, [](int) {});
        const itimerval when{{1, 0}, {0, 250'000}};
        setitimer(ITIMER_REAL, &when, nullptr);
    } else {
        const itimerspec when{{1, 0}, {0, 250'000'000}};
        timerfd_settime(timer, 0, &when, nullptr);
    }
    for (int tick = 1; tick <= 3; ++tick) {
        pollfd wanted{timer, POLLIN, 0};
        std::uint64_t expired = 0;
        if (by_signal) pause();
        else if (poll(&wanted, 1, -1) != 1 || read(timer, &expired, sizeof expired) < 0) return 1;
        std::printf("tick %d\n", tick);
    }
}
