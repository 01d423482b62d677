// Wrong    Prints with printf and leaves the flushing to exit.
// Caught   writes every line at once, into a pipe too
// Says     asleep, but the pipe has no line

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        std::printf("Process %s is counting down: %d...\n", name.c_str(), k);
        std::this_thread::sleep_for(tick);
    }
    std::printf("Process %s finished counting down\n", name.c_str());
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
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
