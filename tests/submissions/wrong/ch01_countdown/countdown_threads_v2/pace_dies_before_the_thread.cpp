// Wrong    A member on the heap is freed before the jthread, declared above it, has joined.
// Caught   has no memory error

#include <chrono>
#include <list>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

struct Pace {
    int from;
    long started;  // nanoseconds
    Duration tick;
};

class Actor {
  public:
    Actor(std::string name, int from, Duration tick)
        : name_(std::move(name)),
          pace_(new Pace{from, std::chrono::steady_clock::now().time_since_epoch().count(), tick}) {
        thread_ = std::jthread([this, pace = pace_.get()] { run(*pace); });
    }

  private:
    void run(const Pace& pace) {
        print_line("Thread ", name_, " starting...");
        for (int k = pace.from; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(pace.tick);
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
    }

    const std::string name_;
    std::jthread thread_;
    const std::unique_ptr<Pace> pace_;
};

int main(int argc, char** argv) {
    const CountdownOptions options = parse_countdown_options(
        argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
