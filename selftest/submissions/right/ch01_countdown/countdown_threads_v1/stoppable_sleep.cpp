// Right    Sleeps in condition_variable::wait_for, which a stop could end early.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Alarm {
  public:
    // Sleeps for one tick. Returns true if the countdown was called off meanwhile.
    bool sleep(Duration tick) {
        std::unique_lock lock(mutex_);
        return called_off_.wait_for(lock, tick, [this] { return stopped_; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable called_off_;
    bool stopped_ = false;
};

void count_down(const std::string& name, int from, Duration tick, Alarm& alarm) {
    for (int k = from; k >= 1; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        if (alarm.sleep(tick)) return;
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    Alarm alarm;
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick, alarm); });
    }
}
