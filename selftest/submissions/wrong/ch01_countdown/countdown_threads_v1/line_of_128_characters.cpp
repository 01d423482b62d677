// Wrong    Has room for lines of 127 characters. A long name is cut off, along with the rest of its line.
// Caught   prints every actor's lines in order

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    char line[128];
    for (int k = from; k >= 1; --k) {
        std::snprintf(line, sizeof line, "Thread %s is counting down: %d...", name.c_str(), k);
        print_line(line);
        std::this_thread::sleep_for(tick);
    }
    std::snprintf(line, sizeof line, "Thread %s finished counting down", name.c_str());
    print_line(line);
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
