// Wrong    Forks twice, as a daemon does. The parent waits only for the intermediate processes.
// Caught   waits for the slowest actor
// Also     prints every actor's lines in order
// Also     both actors count at the same time
// Also     writes every line whole
// Also     writes every line at once, into a pipe too
// Also     does not busy-wait

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Process ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            if (fork() == 0) count_down(name, options.from, options.tick);
            _exit(0);
        }
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
