// Wrong    The owner waits for a flag before it joins and prints finished. The flag is set without the mutex, so an
//          owner that has just checked it may sleep for ever (lost wake-up).
// Caught   is right in whatever order its threads are moved
// Says     the program hangs: main waits to be woken

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick)
        : name_(std::move(name)), from_(from), tick_(tick), thread_([this] { act(); }) {}
    ~Actor() {
        {
            std::unique_lock lock(mutex_);
            ended_.wait(lock, [this] { return done_.load(); });
        }
        thread_.join();
        print_line("Thread ", name_, " finished");
    }
    Actor(const Actor&) = delete;
    Actor& operator=(const Actor&) = delete;

  private:
    void act() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k > 0; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
        done_ = true;
        ended_.notify_one();
    }

    std::string name_;
    int from_;
    Duration tick_;
    std::mutex mutex_;
    std::condition_variable ended_;
    std::atomic<bool> done_ = false;
    std::thread thread_;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread.");
    std::deque<Actor> crew;
    for (const std::string& name : options.names) crew.emplace_back(name, options.from, options.tick);
}
