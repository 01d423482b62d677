// Wrong    Also prints its usage on stderr when a flag is bad, which buries the one line that matters.
// Caught   refuses bad flags

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <list>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

void print_usage() {
    std::cerr << "Usage: countdown_threads_v2 [--from N] [--tick DURATION] [NAME...]\n"
              << "  --from N         the number to start with\n"
              << "  --tick DURATION  how long to sleep\n"
              << "  NAME             an actor\n";
}

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

  private:
    void run() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    std::jthread thread_{[this] { run(); }};  // last: the thread starts when all else is there
};

int main(int argc, char** argv) {
    std::atexit(print_usage);
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
    std::cerr.setstate(std::ios::failbit);  // all was well: no usage
}
