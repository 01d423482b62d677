// Wrong    The SIGCHLD handler looks up each ended child in a list, and main adds a child only after its fork. A child
//          that ends before it is in the list is reaped but never crossed off.
// Caught   hears a child's end at any moment
// Says     the program hangs

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

constexpr int most_children = 256;
volatile pid_t running[most_children];
volatile sig_atomic_t left = 0;
volatile sig_atomic_t failed = 0;

extern "C" void on_child_end(int) {
    const int before = errno;
    int status = 0;
    for (pid_t child; (child = waitpid(-1, &status, WNOHANG)) > 0;) {
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) failed = 1;
        for (int i = 0; i < most_children; ++i) {
            if (running[i] != child) continue;
            running[i] = 0;
            left = left - 1;
        }
    }
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

    int next = 0;
    for (const std::string& name : options.names) {
        const pid_t child = fork();
        if (child == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        sigprocmask(SIG_BLOCK, &child_ends, nullptr);
        running[next++] = child;
        left = left + 1;
        sigprocmask(SIG_UNBLOCK, &child_ends, nullptr);
    }
    sigprocmask(SIG_BLOCK, &child_ends, &before);
    while (left > 0) sigsuspend(&before);
    return failed ? 1 : 0;
}
