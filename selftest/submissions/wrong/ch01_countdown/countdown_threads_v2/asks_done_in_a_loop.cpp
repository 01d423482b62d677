// Wrong    Main asks each actor whether it has finished, in a loop that never sleeps.
// Caught   does not busy-wait
// Says     while all actors should be asleep
// Also     prints every actor's lines in order
// Also     says when each actor starts and has finished
// Also     has no data race
// Also     has no memory error

#include <atomic>
#include <chrono>
#include <list>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}
    bool done() const { return done_; }

  private:
    void run() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
        done_ = true;
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    std::atomic<bool> done_ = false;
    std::jthread thread_{[this] { run(); }};  // last: the thread starts when all else is there
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
    for (const Actor& actor : crew) {
        while (!actor.done()) std::this_thread::yield();
    }
}
