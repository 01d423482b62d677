// Wrong    Forks one child, which prints for all actors in turn.
// Caught   each actor is a child process of its own
// Says     the actors slept in 1 child process

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down_all(const CountdownOptions& options) {
    for (int k = options.from; k >= 1; --k) {
        for (const std::string& name : options.names) {
            print_line("Process ", name, " is counting down: ", k, "...");
        }
        std::this_thread::sleep_for(options.tick);
    }
    for (const std::string& name : options.names) {
        print_line("Process ", name, " finished counting down");
    }
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    if (fork() == 0) {
        count_down_all(options);
        _exit(0);
    }
    int status = 0;
    wait(&status);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : 1;
}
