// Wrong    The loop over the children runs to i <= size and reads past the end.
// Caught   has no memory error
// Says     heap-buffer-overflow labs/ch01_countdown/countdown_processes.cpp

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
    children.shrink_to_fit();
    bool failed = false;
    for (std::size_t i = 0; i <= children.size(); ++i) {
        int status = 0;
        if (waitpid(children[i], &status, 0) < 0) continue;
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
