// Right    The owner prints starting before the thread begins, and finished after the join.

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {
        print_line("Thread ", name_, " starting...");
        thread_ = std::thread([this] { run(); });
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
    std::vector<std::unique_ptr<Actor>> crew;
    for (const std::string& name : options.names) {
        crew.push_back(std::make_unique<Actor>(name, options.from, options.tick));
    }
}
