// Wrong    A token in a pipe guards stdout, and a child keeps the token while it sleeps.
// Caught   both actors count at the same time

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick, const int (&tokens)[2]) {
    char token = 'T';
    for (int k = from; k >= 1; --k) {
        if (read(tokens[0], &token, 1) != 1) _exit(1);
        print_line("Process ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
        if (write(tokens[1], &token, 1) != 1) _exit(1);
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    int tokens[2];
    if (pipe(tokens) != 0 || write(tokens[1], "T", 1) != 1) return 1;
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick, tokens);
            _exit(0);
        }
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
