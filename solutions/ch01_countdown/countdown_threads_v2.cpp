// Chapter 1: Countdown with a class that owns its thread (solution)
//
// Idea    An object that owns its thread starts it in its constructor and waits
//         for it in its destructor; code that uses the object needs to know
//         nothing about threads.
// Demo    1. ./kit run --solution countdown_threads_v2
//         2. Before `crew`, make one more `Actor`, named Carol, who counts from
//            10 to 1. Where does main wait for Carol?
//         3. Make `thread_` the first member. Predict, then run under
//            ThreadSanitizer. (It reads a name that is not there yet.)

#include <deque>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
    std::string name_;
    int from_;
    Duration tick_;
    std::jthread thread_;  // Last: it starts when all that it uses is there, and joins before any of it goes.

  public:
    Actor(std::string name, int from, Duration tick)
        : name_(std::move(name)), from_(from), tick_(tick), thread_([this] { act(); }) {}

    Actor(const Actor&) = delete;  // The thread holds `this`: an Actor stays where it is.
    Actor& operator=(const Actor&) = delete;

  private:
    void act() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k > 0; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
    }
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "actors count down, each an object with its thread");

    try {
        std::deque<Actor> crew;  // A deque never moves its elements.
        for (const std::string& name : options.names) {
            crew.emplace_back(name, options.from, options.tick);
        }
        // Leaving this block destroys each Actor, and with it thread_, which joins.
    } catch (const std::system_error& error) {
        // The system has no more threads: the block has joined those that did start.
        print_error("cannot start a thread for every actor: ", error.what());
        return 1;
    }
}
