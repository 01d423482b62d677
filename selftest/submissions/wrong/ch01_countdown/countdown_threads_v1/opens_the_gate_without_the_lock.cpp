// Wrong    Main sets the flag without the mutex. If an actor has just seen the gate closed and does not sleep yet, it
//          misses the notification (lost wake-up).
// Caught   is right in whatever order its threads are moved
// Says     the program hangs: main waits in join for thread 1

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Gate {
  public:
    void pass() {
        std::unique_lock lock(mutex_);
        while (!open_) opened_.wait(lock);
    }
    void open() {
        open_ = true;
        opened_.notify_all();
    }

  private:
    std::mutex mutex_;
    std::condition_variable opened_;
    std::atomic<bool> open_ = false;
};

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    Gate gate;
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] {
            gate.pass();
            count_down(name, options.from, options.tick);
        });
    }
    gate.open();
}
