// Wrong    Forks two thousand spare children that only sleep, far more than any exercise needs.
// Caught   each actor is a child process of its own
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
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
[[noreturn]] void live(const std::string& name, const CountdownOptions& options) noexcept {
    count_down(name, options.from, options.tick);
    _exit(0);  // Not exit: what is buffered or registered in this copy is the parent's to finish.
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

    for (int i = 0; i < 2'000; ++i) {
        const pid_t spare = fork();
        if (spare == 0) {
            std::this_thread::sleep_for(std::chrono::hours(1));
            _exit(0);
        }
    }
    std::vector<pid_t> children;
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
