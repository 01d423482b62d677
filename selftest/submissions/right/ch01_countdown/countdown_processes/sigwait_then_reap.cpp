// Right    SIGCHLD is blocked. After each sigwait, the parent reaps every dead child.

#include <signal.h>
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
    sigset_t child_ended;
    sigemptyset(&child_ended);
    sigaddset(&child_ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ended, nullptr);

    std::size_t running = 0;
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        ++running;
    }
    bool failed = false;
    while (running > 0) {
        int signal = 0;
        sigwait(&child_ended, &signal);
        // Signals merge: one may stand for several children.
        for (int status = 0; waitpid(-1, &status, WNOHANG) > 0; --running) {
            failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
        }
    }
    return failed ? 1 : 0;
}
