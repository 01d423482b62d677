// Wrong    Detaches its threads. Main waits until the number of running actors is 0.
// Caught   joins every thread

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
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {
        {
            const std::scoped_lock lock(mutex_);
            ++running_;
        }
        std::thread([this] { run(); }).detach();
    }

    static void wait_for_all() {
        std::unique_lock lock(mutex_);
        none_left_.wait(lock, [] { return running_ == 0; });
    }

  private:
    void run() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
        const std::scoped_lock lock(mutex_);
        if (--running_ == 0) none_left_.notify_all();
    }

    static inline std::mutex mutex_;
    static inline std::condition_variable none_left_;
    static inline int running_ = 0;
    const std::string name_;
    const int from_;
    const Duration tick_;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
    Actor::wait_for_all();
}
