// Wrong    A heap member is freed before the jthread, which is declared above it, is joined.
// Caught   has no memory error
// Also     has no data race

#include <chrono>
#include <list>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

using Clock = std::chrono::steady_clock;

struct Pace {
    Clock::time_point set_at;
    int changes;
    Duration tick;
};

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), pace_(new Pace{Clock::now(), 0, tick}) {
        thread_ = std::jthread([this, from, &pace = *pace_] { run(from, pace); });
    }

  private:
    void run(int from, const Pace& pace) {
        print_line("Thread ", name_, " starting...");
        for (int k = from; k >= 1; --k) {
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
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
