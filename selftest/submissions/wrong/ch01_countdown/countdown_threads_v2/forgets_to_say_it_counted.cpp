// Wrong    Prints the new line, NAME finished, instead of NAME finished counting down.
// Caught   prints every actor's lines in order
// Says     "Thread Alice finished counting down" is missing
// Also     any actor may run ahead of the others
// Also     sleeps one tick after each number
// Also     waits for the slowest actor
// Also     says when each actor starts and has finished
// Also     is right in whatever order its threads are moved
// Also     writes every line whole
// Also     writes every line at once, into a pipe too
// Also     has no data race
// Also     has no memory error

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
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
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
