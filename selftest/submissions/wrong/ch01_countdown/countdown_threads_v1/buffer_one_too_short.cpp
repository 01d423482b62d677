// Wrong    Builds a line in a buffer with no room for the terminating zero.
// Caught   has no memory error

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void say(const char* format, const char* name, int k) {
    const int length = std::snprintf(nullptr, 0, format, name, k);
    std::vector<char> line(static_cast<std::size_t>(length));
    std::sprintf(line.data(), format, name, k);
    if (write(STDOUT_FILENO, line.data(), line.size()) < 0) _exit(1);
}

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        say("Thread %s is counting down: %d...\n", name.c_str(), k);
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
