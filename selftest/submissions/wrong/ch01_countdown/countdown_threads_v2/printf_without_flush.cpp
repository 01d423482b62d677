// Wrong    Prints with printf and never flushes.
// Caught   writes every line at once, into a pipe too
// Says     asleep, but the pipe has no line

#include <chrono>
#include <cstdio>
#include <list>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

  private:
    void run() {
        std::printf("Thread %s starting...\n", name_.c_str());
        for (int k = from_; k >= 1; --k) {
            std::printf("Thread %s is counting down: %d...\n", name_.c_str(), k);
            std::this_thread::sleep_for(tick_);
        }
        std::printf("Thread %s finished counting down\n", name_.c_str());
        std::printf("Thread %s finished\n", name_.c_str());
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    std::jthread thread_{[this] { run(); }};  // last: the thread starts when all else is there
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
