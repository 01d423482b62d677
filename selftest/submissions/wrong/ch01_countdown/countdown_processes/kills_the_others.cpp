// Wrong    When one child fails, the parent kills the others too.
// Caught   exits 1 when a child is killed
// Also     exits 1 when a child ends with a status other than 0

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

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
    for (int status = 0; pid_t ended = wait(&status);) {
        if (ended < 0) break;
        std::erase(children, ended);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) continue;
        failed = true;
        for (const pid_t child : children) kill(child, SIGTERM);
    }
    return failed ? 1 : 0;
}
