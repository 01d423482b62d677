// Right    setvbuf makes stdout line-buffered before the fork, so that a pipe works like a terminal.

#include <poll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "support/countdown_options.hpp"

void count_down(const char* name, int from, Duration tick) {
    const timespec pause = {.tv_sec = tick.count() / 1'000'000'000, .tv_nsec = tick.count() % 1'000'000'000};
    for (int k = from; k >= 1; --k) {
        std::printf("Process %s is counting down: %d...\n", name, k);
        ppoll(nullptr, 0, &pause, nullptr);
    }
    std::printf("Process %s finished counting down\n", name);
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name.c_str(), options.from, options.tick);
            _exit(0);
        }
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
