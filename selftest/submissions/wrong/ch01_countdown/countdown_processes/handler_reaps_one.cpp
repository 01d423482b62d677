// Wrong    The SIGCHLD handler reaps one child per call. Signals do not queue: if several children end at the same
//          moment, only one signal comes.
// Caught   reaps every child process
// Says     the program hangs: 2 children ended at the same moment
// Also     prints every actor's lines in order
// Also     hears a child's end at any moment
// Also     has no memory error

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

volatile sig_atomic_t reaped = 0;
volatile sig_atomic_t failed = 0;

extern "C" void on_child_end(int) {
    const int before = errno;
    int status = 0;
    if (waitpid(-1, &status, WNOHANG) > 0) ++reaped;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) failed = 1;
    errno = before;
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
    while (reaped < started) sigsuspend(&before);
    return failed ? 1 : 0;
}
