// Right    The actor derives from jthread and passes it the function to run.

#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor : public std::jthread {
  public:
    Actor(const std::string& name, int from, Duration tick)
        : std::jthread([name, from, tick] {
              auto next = std::chrono::steady_clock::now();
              print_line("Thread ", name, " starting...");
              for (int k = from; k >= 1; --k) {
                  print_line("Thread ", name, " is counting down: ", k, "...");
                  std::this_thread::sleep_until(next += tick);
              }
              print_line("Thread ", name, " finished counting down");
              print_line("Thread ", name, " finished");
          }) {}
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::vector<Actor> crew;
    crew.reserve(options.names.size());
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
