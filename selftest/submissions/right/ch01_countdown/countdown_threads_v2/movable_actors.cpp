// Right    Keeps movable actors in a vector. Each thread has copies of its data and never uses the object.

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : thread_(run, std::move(name), from, tick) {}

  private:
    static void run(const std::string& name, int from, Duration tick) {
        print_line("Thread ", name, " starting...");
        for (int k = from; k >= 1; --k) {
            print_line("Thread ", name, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick);
        }
        print_line("Thread ", name, " finished counting down");
        print_line("Thread ", name, " finished");
    }

    std::jthread thread_;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::vector<Actor> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
