// Wrong    Reads the flags with atoi and atof and accepts any value.
// Caught   refuses bad flags
// Says     with --from 0, the program
// Also     prints every actor's lines in order
// Also     sleeps one tick after each number

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

CountdownOptions read_flags(int argc, char** argv) {
    CountdownOptions options{5, std::chrono::seconds(1), {}};
    for (int i = 1; i < argc; ++i) {
        const std::string flag = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : "";
        if (flag == "--from") {
            options.from = std::atoi(value);
            ++i;
        } else if (flag == "--tick") {
            const bool in_milliseconds = std::string(value).ends_with("ms");
            options.tick = Duration(static_cast<long>(std::atof(value) * (in_milliseconds ? 1e6 : 1e9)));
            ++i;
        } else {
            options.names.push_back(flag);
        }
    }
    if (options.names.empty()) options.names = {"Alice", "Bob"};
    return options;
}

int main(int argc, char** argv) {
    const CountdownOptions options = read_flags(argc, argv);
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
