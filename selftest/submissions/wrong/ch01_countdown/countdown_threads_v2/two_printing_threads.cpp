// Wrong    Actors put their lines into a queue that two threads print from, so two lines of one actor may come out in
//          the wrong order.
// Caught   says when each actor starts and has finished
// Also     prints every actor's lines in order
// Also     both actors count at the same time
// Also     writes every line at once, into a pipe too

#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <queue>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Printers {
  public:
    ~Printers() {
        print("");  // the end, for both of them
    }

    void print(std::string line) {
        const std::lock_guard lock(mutex_);
        lines_.push(std::move(line));
        changed_.notify_all();
    }

  private:
    void run() {
        for (std::unique_lock lock(mutex_);;) {
            changed_.wait(lock, [&] { return !lines_.empty(); });
            const std::string line = lines_.front();
            if (line.empty()) return;
            lines_.pop();
            lock.unlock();
            print_line(line);
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<std::string> lines_;
    std::jthread first_{[this] { run(); }}, second_{[this] { run(); }};
};

Printers printers;

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

  private:
    void run() {
        printers.print("Thread " + name_ + " starting...");
        for (int k = from_; k >= 1; --k) {
            printers.print("Thread " + name_ + " is counting down: " + std::to_string(k) + "...");
            std::this_thread::sleep_for(tick_);
        }
        printers.print("Thread " + name_ + " finished counting down");
        printers.print("Thread " + name_ + " finished");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    std::jthread thread_{[this] { run(); }};
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;  // actors stay where they are: their threads know their address
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
