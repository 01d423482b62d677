// Wrong    Subtracts one before it prints, so it starts at --from minus 1.
// Caught   prints every actor's lines in order
// Also     both actors count at the same time
// Also     waits for the slowest actor
// Also     writes every line whole
// Also     writes every line at once, into a pipe too

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

  private:
    void run() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            if (k > 1) print_line("Thread ", name_, " is counting down: ", k - 1, "...");
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
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
