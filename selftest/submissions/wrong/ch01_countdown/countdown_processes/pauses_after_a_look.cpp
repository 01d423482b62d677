// Wrong    Checks whether all children have ended, then calls pause. If the last child ends between the two, its signal
//          comes too early and the parent sleeps for ever.
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

volatile sig_atomic_t reaped = 0;
volatile sig_atomic_t failed = 0;

extern "C" void on_child_end(int) {
    const int before = errno;
    for (int status = 0; waitpid(-1, &status, WNOHANG) > 0; reaped = reaped + 1)
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

    int started = 0;
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        ++started;
    }
    while (reaped < started) pause();
    return failed ? 1 : 0;
}
