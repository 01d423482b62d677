// Wrong    The thread signals its owner before it prints its last line, so the owner may print finished first.
// Caught   says when each actor starts and has finished
// Also     is right in whatever order its threads are moved

#include <chrono>
#include <latch>
#include <list>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

    ~Actor() {
        counted_.wait();
        print_line("Thread ", name_, " finished");
    }

  private:
    void run() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        counted_.count_down();
        print_line("Thread ", name_, " finished counting down");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    std::latch counted_{1};
    std::jthread thread_{[this] { run(); }};
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
