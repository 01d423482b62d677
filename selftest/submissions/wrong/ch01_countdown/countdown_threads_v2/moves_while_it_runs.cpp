// Wrong    A vector moves its actors as it grows, and their threads still use the old addresses.
// Caught   has no memory error
// Also     prints every actor's lines in order
// Also     has no data race

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {
        thread_ = std::jthread(&Actor::run, this);
    }

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

    std::jthread thread_;
    const std::string name_;
    const int from_;
    const Duration tick_;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::vector<Actor> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
