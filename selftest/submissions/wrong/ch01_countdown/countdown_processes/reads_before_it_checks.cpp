// Wrong    The loop reads the next number before it checks whether there is one.
// Caught   has no memory error

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <numeric>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    std::vector<int> numbers(from);
    std::iota(numbers.rbegin(), numbers.rend(), 1);
    const int* next = numbers.data();
    for (std::size_t i = 0; next[i] >= 1 && i < numbers.size(); ++i) {
        print_line("Process ", name, " is counting down: ", numbers[i], "...");
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
    for (int status = 0; wait(&status) > 0;) {
        failed |= !WIFEXITED(status) || WEXITSTATUS(status) != 0;
    }
    return failed ? 1 : 0;
}
