// Right    Forks, then executes the same program with --from, --tick and a single name.

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
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

void become(const std::string& name, const CountdownOptions& options) {
    setenv("COUNTDOWN_PART", "child", 1);
    const std::string from = std::to_string(options.from);
    const std::string tick = std::to_string(options.tick.count() / 1000) + "." +
                             std::to_string(1000 + options.tick.count() % 1000).substr(1) + "us";
    execl("/proc/self/exe", "countdown_processes", "--from", from.c_str(), "--tick", tick.c_str(), name.c_str(),
          static_cast<char*>(nullptr));
    _exit(127);
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    if (std::getenv("COUNTDOWN_PART")) {
        count_down(options.names.front(), options.from, options.tick);
        return 0;
    }
    for (const std::string& name : options.names) {
        if (fork() == 0) become(name, options);
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
