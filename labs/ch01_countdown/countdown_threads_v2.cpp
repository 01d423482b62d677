// Chapter 1: Countdown with a class that owns its thread
//
// Goal    An Actor starts to count when it is constructed; its destructor waits
//         until it has finished.
// Run     ./kit run countdown_threads_v2
// Expect  Now: Alice finishes before Bob begins.
//         Done: both start, their lines interleave, both say that they finished.
// Check   ./kit grade countdown_threads_v2
// Read    labs/ch01_countdown/README.md, step 5

#include <deque>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"
#include "support/todo.hpp"

class Actor {
    std::string name_;
    int from_;
    Duration tick_;
    // TODO 1  Own a std::jthread here. Why does it have to be the last member?
    //         Members are made from top to bottom, and destroyed from bottom to top.

  public:
    // TODO 2  Let the constructor start that thread, with act() to run in it.
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {
        act();  // Correct, but one actor at a time: main is in here until this one is done.
    }

    // TODO 3  The thread holds `this`. Forbid what would leave it with the
    //         address of another Actor, or of none: copying and moving.

  private:
    void act() {
        // TODO 4  Print "Thread NAME starting..." before the countdown, and
        //         "Thread NAME finished" after it.
        for (int k = from_; k > 0; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
    }
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "actors count down, each an object with its thread");

    still_to_do("an Actor that owns its thread (TODO 1 to 5)");  // Delete with the last TODO.

    // TODO 5  The system may have no thread for an Actor (std::system_error):
    //         then say so on stderr, and return 1. What waits for the others?
    std::deque<Actor> crew;  // A deque never moves its elements.
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
