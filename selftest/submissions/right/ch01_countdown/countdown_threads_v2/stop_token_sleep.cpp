// Right    Sleeps on a condition_variable_any with the stop_token of its own jthread.

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

    void join() { thread_.join(); }

  private:
    // Sleeps for one tick. Returns false if a stop was requested meanwhile.
    bool sleep(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, stop, tick_, [] { return false; });
        return !stop.stop_requested();
    }

    void run(const std::stop_token& stop) {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            if (!sleep(stop)) return;
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
    for (Actor& actor : crew) actor.join();  // a jthread destroyed would ask for a stop first
}
