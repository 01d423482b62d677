// Wrong    Checks --from itself and exits with 1 for a bad value.
// Caught   refuses bad flags

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
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

int refuse(const std::string& value) {
    std::cerr << "--from " << value << ": expected a number from 1 to 1000000\n";
    return 1;
}

int main(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string flag = argv[i];
        std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (flag.starts_with("--from=")) value = flag.substr(7);
        if (!flag.starts_with("--from")) continue;
        if (std::atoi(value.c_str()) < 1 || std::atoi(value.c_str()) > 1'000'000) return refuse(value);
    }
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a process of its own.");
    for (const std::string& name : options.names) {
        if (fork() == 0) {
            count_down(name, options.from, options.tick);
            _exit(0);
        }
    }
    bool failed = false;
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
