// What the grader puts on its stage to see whether the system lets it (system_probe.hpp): waits for 1.5 s, by a call
// whose time-out is in memory, for a socket that nobody writes to.
#include <poll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>

#include <cstdio>
#include <ctime>

int main() {
    if (timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC) < 0) {  // which the grader makes in its place
        std::perror("timerfd handed over by the grader");
        return 1;
    }
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 1;
    pollfd wanted{ends[0], POLLIN, 0};
    const timespec limit{1, 500'000'000};
    return ppoll(&wanted, 1, &limit, nullptr);
}
