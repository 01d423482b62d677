// Right    The actors queue their lines. A logger thread writes all of them.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Logger {
  public:
    ~Logger() {
        {
            const std::scoped_lock lock(mutex_);
            closing_ = true;
        }
        changed_.notify_one();
        writer_.join();
    }

    void say(std::string line) {
        {
            const std::scoped_lock lock(mutex_);
            lines_.push_back(std::move(line));
        }
        changed_.notify_one();
    }

  private:
    void write_lines() {
        for (std::unique_lock lock(mutex_);;) {
            changed_.wait(lock, [this] { return closing_ || !lines_.empty(); });
            if (lines_.empty()) return;
            const std::string line = std::move(lines_.front());
            lines_.pop_front();
            lock.unlock();
            print_line(line);
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> lines_;
    bool closing_ = false;
    std::thread writer_{[this] { write_lines(); }};
};

void count_down(const std::string& name, int from, Duration tick, Logger& logger) {
    for (int k = from; k >= 1; --k) {
        logger.say("Thread " + name + " is counting down: " + std::to_string(k) + "...");
        std::this_thread::sleep_for(tick);
    }
    logger.say("Thread " + name + " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    Logger logger;
    std::vector<std::jthread> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back([&] { count_down(name, options.from, options.tick, logger); });
    }
}
