// Wrong    Has an array for 64 actors but does not check how many there are.
// Caught   has no memory error
// Says     stack-buffer-overflow
// Also     prints every actor's lines in order

#include <chrono>
#include <memory>
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
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    std::jthread thread_{[this] { run(); }};
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::unique_ptr<Actor> crew[64];
    int started = 0;
    for (const std::string& name : options.names) {
        crew[started++] = std::make_unique<Actor>(name, options.from, options.tick);
    }
}
