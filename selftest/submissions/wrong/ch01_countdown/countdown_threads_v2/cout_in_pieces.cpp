// Wrong    Prints a line with several << on cout and no lock.
// Caught   writes every line whole
// Says     wrote "Thread
// Also     prints every actor's lines in order
// Also     waits for the slowest actor
// Also     says when each actor starts and has finished
// Also     has no memory error

#include <chrono>
#include <iostream>
#include <list>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

  private:
    void run() {
        std::cout << "Thread " << name_ << " starting..." << std::endl;
        for (int k = from_; k >= 1; --k) {
            std::cout << "Thread " << name_ << " is counting down: " << k << "..." << std::endl;
            std::this_thread::sleep_for(tick_);
        }
        std::cout << "Thread " << name_ << " finished counting down" << std::endl;
        std::cout << "Thread " << name_ << " finished" << std::endl;
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
