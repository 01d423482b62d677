// Wrong    The actors wait at a barrier before and after counting. An actor that is slow to wake from the first meeting
//          may find that another has already arrived at the second, and sleeps on (barrier reused too soon).
// Caught   is right in whatever order its threads are moved
// Says     the program hangs: main waits in join for thread 1
// Also     prints every actor's lines in order

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

// Opens when all have arrived; used more than once.
class Meeting {
  public:
    explicit Meeting(std::size_t all) : all_(all) {}
    void meet() {
        std::unique_lock lock(mutex_);
        if (++here_ == all_) {
            here_ = 0;
            all_are_here_.notify_all();
        } else {
            all_are_here_.wait(lock, [this] { return here_ == 0; });
        }
    }

  private:
    std::mutex mutex_;
    std::condition_variable all_are_here_;
    const std::size_t all_;
    std::size_t here_ = 0;
};

class Actor {
  public:
    Actor(std::string name, const CountdownOptions& options, Meeting& crew)
        : name_(std::move(name)), from_(options.from), tick_(options.tick), crew_(crew), thread_([this] { act(); }) {}

    Actor(const Actor&) = delete;
    Actor& operator=(const Actor&) = delete;

  private:
    void act() {
        print_line("Thread ", name_, " starting...");
        crew_.meet();
        for (int k = from_; k > 0; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
        crew_.meet();
        print_line("Thread ", name_, " finished");
    }

    std::string name_;
    int from_;
    Duration tick_;
    Meeting& crew_;
    std::jthread thread_;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread.");
    Meeting meeting(options.names.size());
    std::deque<Actor> crew;
    for (const std::string& name : options.names) crew.emplace_back(name, options, meeting);
}
