// Wrong    The owner prints starting after it has started the thread, which may be counting by then.
// Caught   says when each actor starts and has finished
// Also     is right in whatever order its threads are moved

#include <chrono>
#include <list>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {
        thread_ = std::thread([this] { run(); });
        print_line("Thread ", name_, " starting...");
    }

    ~Actor() {
        thread_.join();
        print_line("Thread ", name_, " finished");
    }

  private:
    void run() {
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    std::thread thread_;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
