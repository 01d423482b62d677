// Chapter 1: Countdown with a class that owns its thread
//
// Goal    An Actor counts down from its birth; where it dies, it is waited for.
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
  public:
    // TODO 2  Let the constructor start the thread, with act() to run in it.
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

    // TODO 3  The thread will hold `this`. Forbid what would leave it with
    //         the address of another Actor, or of none: copying and moving.

    void act() {
        // TODO 4  Print "Thread NAME starting..." before the countdown, and
        //         "Thread NAME finished" after it.
        for (int k = from_; k > 0; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
    }

  private:
    std::string name_;
    int from_;
    Duration tick_;
    // TODO 1  Own a std::jthread here. Members are made from top to bottom and
    //         destroyed from bottom to top: where must it stand?
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "actors count down, each an object with its thread");

    still_to_do("an Actor that owns its thread (TODO 1 to 5)");  // Delete with the last TODO.

    std::deque<Actor> crew;  // A deque never moves its elements.
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
    // TODO 5  An Actor that acts by itself needs no call. Who waits for it now?
    for (Actor& actor : crew) {
        actor.act();  // Correct, but one actor at a time.
    }
}
