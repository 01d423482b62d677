// Right    Starts its own executable with posix_spawn. An environment variable says which actor it is.

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
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
    if (const char* number = std::getenv("COUNTDOWN_ACTOR")) {
        count_down(options.names.at(std::stoul(number)), options.from, options.tick);
        return 0;
    }

    std::vector<pid_t> children(options.names.size(), -1);
    for (std::size_t i = 0; i < children.size(); ++i) {
        setenv("COUNTDOWN_ACTOR", std::to_string(i).c_str(), 1);
        if (posix_spawn(&children[i], "/proc/self/exe", nullptr, nullptr, argv, environ) != 0) {
            children[i] = -1;
        }
    }
    bool failed = false;
    for (const pid_t child : children) {
        int status = 0;
        failed |= child < 0 || waitpid(child, &status, 0) < 0 || status != 0;
    }
    return failed ? 1 : 0;
}
