// Wrong    Main joins only the first actor and leaves the others detached.
// Caught   waits for the slowest actor
// Says     the program ended while one actor was still asleep
// Also     prints every actor's lines in order
// Also     sleeps one tick after each number
// Also     says when each actor starts and has finished
// Also     joins every thread
// Also     is right in whatever order its threads are moved
// Also     writes every line at once, into a pipe too
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
    Actor(std::string name, int from, Duration tick) : thread_(run, std::move(name), from, tick) {}

    ~Actor() {
        if (thread_.joinable()) thread_.detach();
    }

    void join() { thread_.join(); }

  private:
    static void run(std::string name, int from, Duration tick) {
        print_line("Thread ", name, " starting...");
        for (int k = from; k >= 1; --k) {
            print_line("Thread ", name, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick);
        }
        print_line("Thread ", name, " finished counting down");
        print_line("Thread ", name, " finished");
    }

    std::thread thread_;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
    crew.front().join();
}
