// Wrong    An actor prints only when it is its turn, then passes the turn on.
// Caught   any actor may run ahead of the others
// Also     sleeps one tick after each number

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Turns {
  public:
    explicit Turns(std::size_t actors) : actors_(actors) {}

    void wait_for(std::size_t actor) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return next_ == actor; });
    }

    void pass_on() {
        const std::scoped_lock lock(mutex_);
        next_ = (next_ + 1) % actors_;
        changed_.notify_all();
    }

  private:
    const std::size_t actors_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t next_ = 0;
};

void count_down(std::size_t actor, const CountdownOptions& options, Turns& turns) {
    const std::string& name = options.names[actor];
    for (int k = options.from; k >= 1; --k) {
        turns.wait_for(actor);
        print_line("Thread ", name, " is counting down: ", k, "...");
        turns.pass_on();
        std::this_thread::sleep_for(options.tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    Turns turns(options.names.size());
    std::vector<std::jthread> crew;
    for (std::size_t i = 0; i < options.names.size(); ++i) {
        crew.emplace_back([&, i] { count_down(i, options, turns); });
    }
}
