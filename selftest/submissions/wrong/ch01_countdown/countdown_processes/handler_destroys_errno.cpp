// Wrong    The SIGCHLD handler writes to a descriptor that is not open, which changes errno. If another child ends
//          after a wait was interrupted and before the parent reads errno, the parent reports a failure.
// Caught   hears a child's end at any moment

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

int child_log = -1;  // none is kept

extern "C" void on_child_end(int) {
    [[maybe_unused]] const ssize_t ignored = write(child_log, "a child has ended\n", 18);
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

    std::vector<pid_t> children;
    for (const std::string& name : options.names) {
        const pid_t child = fork();
        if (child == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        children.push_back(child);
    }
    bool failed = false;
    for (const pid_t child : children) {
        int status = 0;
        while (waitpid(child, &status, 0) < 0) {
            if (errno == EINTR) continue;
            status = 1;
            break;
        }
        failed = failed || status != 0;
    }
    return failed ? 1 : 0;
}
