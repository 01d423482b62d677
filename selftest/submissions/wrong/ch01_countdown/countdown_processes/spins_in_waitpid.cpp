// Wrong    Calls waitpid with WNOHANG in a loop that never pauses.
// Caught   does not busy-wait
// Says     while all actors should be asleep
// Also     prints every actor's lines in order
// Also     exits 1 when a child is killed
// Also     has no memory error

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

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
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
    }
    bool failed = false;
    for (std::size_t left = options.names.size(); left > 0;) {
        int status = 0;
        if (waitpid(-1, &status, WNOHANG) <= 0) continue;
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
        --left;
    }
    return failed ? 1 : 0;
}
