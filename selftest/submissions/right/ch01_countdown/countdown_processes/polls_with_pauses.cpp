// Right    The parent calls waitpid with WNOHANG for each child and sleeps 10 ms between rounds.

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
    std::vector<pid_t> running;
    for (const std::string& name : options.names) {
        const pid_t child = fork();
        if (child == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
        running.push_back(child);
    }
    bool failed = false;
    while (!running.empty()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        std::erase_if(running, [&failed](pid_t child) {
            int status = 0;
            const pid_t ended = waitpid(child, &status, WNOHANG);
            failed |= ended < 0 || (ended > 0 && status != 0);
            return ended != 0;
        });
    }
    return failed ? 1 : 0;
}
