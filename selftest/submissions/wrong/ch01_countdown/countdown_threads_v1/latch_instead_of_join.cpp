// Wrong    Detaches the threads and waits at a latch, which opens before the threads have ended.
// Caught   joins every thread
// Says     main

#include <chrono>
#include <latch>
#include <memory>
#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    const auto finished = std::make_shared<std::latch>(std::ssize(options.names));
    for (const std::string& name : options.names) {
        std::thread([name, from = options.from, tick = options.tick, finished] {
            count_down(name, from, tick);
            finished->count_down();
        }).detach();
    }
    finished->wait();
}
