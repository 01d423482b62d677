// Wrong    Main ends itself with pthread_exit and joins no thread.
// Caught   joins every thread
// Also     has no data race

#include <pthread.h>

#include <chrono>
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
    for (const std::string& name : options.names) {
        std::thread(count_down, name, options.from, options.tick).detach();
    }
    pthread_exit(nullptr);
}
