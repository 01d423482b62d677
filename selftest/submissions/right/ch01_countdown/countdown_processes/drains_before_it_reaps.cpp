// Right    The SIGCHLD handler writes a byte into a pipe. The parent empties the pipe before it reaps, so a child that
//          ends meanwhile leaves another byte.

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

int wake_up_pipe[2];

extern "C" void on_child_end(int) {
    const int before = errno;
    [[maybe_unused]] const ssize_t ignored = write(wake_up_pipe[1], "!", 1);
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
    if (pipe2(wake_up_pipe, O_NONBLOCK | O_CLOEXEC) != 0) return 1;
    struct sigaction action = {};
    action.sa_handler = on_child_end;
    action.sa_flags = SA_RESTART;
    sigaction(SIGCHLD, &action, nullptr);

    int started = 0;
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        ++started;
    }
    bool failed = false;
    for (int reaped = 0; reaped < started;) {
        pollfd woken{wake_up_pipe[0], POLLIN, 0};
        if (poll(&woken, 1, -1) < 0) continue;
        char bytes[64];
        while (read(wake_up_pipe[0], bytes, sizeof bytes) > 0) {
        }
        for (int status = 0; waitpid(-1, &status, WNOHANG) > 0; ++reaped)
            failed = failed || !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
