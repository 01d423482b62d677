// Wrong    Has room for 64 child ids but does not check how many there are.
// Caught   has no memory error
// Also     prints every actor's lines in order

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
    pid_t children[64];
    std::size_t started = 0;
    for (const std::string& name : options.names) {
        const pid_t child = fork();
        if (child == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        children[started++] = child;
    }
    bool failed = false;
    for (std::size_t i = 0; i < started; ++i) {
        int status = 0;
        waitpid(children[i], &status, 0);
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
