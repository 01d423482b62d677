// Chapter 1: Countdown with processes (solution)
//
// Idea    fork returns twice. In the child, count down and leave; in the parent,
//         remember which child to wait for.
// Demo    1. ./kit run --solution countdown_processes
//         2. Run it with --tick 5s. From a second terminal, kill one child (ps -f
//            shows them): the other goes on, and the parent reports the first.
//         3. Delete the line with `_exit`. Predict how often Bob counts.

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "support/child_status.hpp"
#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k > 0; --k) {
        print_line("Process ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Process ", name, " finished counting down");
}

// All that a child ever does. noexcept: an exception must not carry it back into
// main either, where it would go on as a second parent.
void live(const std::string& name, const CountdownOptions& options) noexcept {
    count_down(name, options.from, options.tick);
    _exit(0);  // Not exit: buffers and atexit functions in this copy are the parent's.
}

bool wait_for(const std::string& name, pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno == EINTR) continue;  // A signal came first: the child still runs.
        print_error("Process ", name, " cannot be waited for: ", std::strerror(errno));
        return false;
    }
    return ended_well("Process " + name, status);
}

int main(int argc, char** argv) {
    const CountdownOptions options = parse_countdown_options(argc, argv, "actors count down, a child process for each");

    std::vector<pid_t> children;
    children.reserve(options.names.size());  // No push_back can fail between a fork and its wait.
    for (const std::string& name : options.names) {
        const pid_t child = fork();
        if (child == 0) live(name, options);
        if (child < 0) print_error("Process ", name, " cannot be started: ", std::strerror(errno));
        children.push_back(child);
    }

    bool all_well = true;
    for (std::size_t i = 0; i < children.size(); ++i) {
        // Wait for every child, also after one that failed.
        const bool well = children[i] > 0 && wait_for(options.names[i], children[i]);
        all_well = all_well && well;
    }
    return all_well ? 0 : 1;
}
