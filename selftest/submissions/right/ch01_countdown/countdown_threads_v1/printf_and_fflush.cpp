// Right    Calls printf once per line, then fflush.

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        std::printf("Thread %s is counting down: %d...\n", name.c_str(), k);
        std::fflush(stdout);
        std::this_thread::sleep_for(tick);
    }
    std::printf("Thread %s finished counting down\n", name.c_str());
    std::fflush(stdout);
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick); });
    }
}
