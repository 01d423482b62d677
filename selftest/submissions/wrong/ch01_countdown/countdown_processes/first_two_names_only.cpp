// Wrong    Starts the first two actors and ignores further names.
// Caught   prints every actor's lines in order
// Also     waits for the slowest actor
// Also     exits 1 when a child is killed
// Also     has no memory error

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
    const std::size_t actors = options.names.size() < 2 ? options.names.size() : 2;
    for (std::size_t i = 0; i < actors; ++i) {
        if (fork() == 0) {
            count_down(options.names[i], options.from, options.tick);
            _exit(0);
        }
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
