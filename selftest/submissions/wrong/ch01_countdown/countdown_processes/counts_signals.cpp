// Wrong    Counts SIGCHLD signals and waits until there were as many as there are children. If several children end at
//          the same moment, only one signal comes.
// Caught   reaps every child process
// Also     prints every actor's lines in order
// Also     hears a child's end at any moment
// Also     has no memory error

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

volatile sig_atomic_t ends = 0;

extern "C" void on_child_end(int) {
    ends = ends + 1;
}

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
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    sigaction(SIGCHLD, &action, nullptr);
    sigset_t child_ends, before;
    sigemptyset(&child_ends);
    sigaddset(&child_ends, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child_ends, &before);

    int started = 0;
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        ++started;
    }
    while (ends < started) sigsuspend(&before);
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    return failed ? 1 : 0;
}
