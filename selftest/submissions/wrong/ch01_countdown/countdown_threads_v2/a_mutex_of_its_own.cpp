// Wrong    Guards cout with a member mutex, so each actor locks a different one.
// Caught   writes every line whole
// Also     prints every actor's lines in order
// Also     says when each actor starts and has finished
// Also     has no memory error

#include <chrono>
#include <iostream>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

  private:
    template <typename... Parts>
    void say(const Parts&... parts) {
        const std::scoped_lock lock(stdout_mutex_);
        std::cout << "Thread " << name_;
        (std::cout << ... << parts) << std::endl;
    }

    void run() {
        say(" starting...");
        for (int k = from_; k >= 1; --k) {
            say(" is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        say(" finished counting down");
        say(" finished");
    }

    std::mutex stdout_mutex_;
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
