// Right    Passes pthread_create a static function that calls a member function of the object.

#include <pthread.h>
#include <time.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {
        running_ = pthread_create(&thread_, nullptr, &Actor::trampoline, this) == 0;
    }
    ~Actor() {
        if (running_) pthread_join(thread_, nullptr);
    }

    Actor(const Actor&) = delete;
    Actor& operator=(const Actor&) = delete;

  private:
    static void* trampoline(void* actor) {
        static_cast<Actor*>(actor)->run();
        return nullptr;
    }

    void run() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            const timespec pause = {.tv_sec = tick_.count() / 1'000'000'000, .tv_nsec = tick_.count() % 1'000'000'000};
            clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, nullptr);
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    pthread_t thread_ = {};
    bool running_ = false;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::vector<std::unique_ptr<Actor>> crew;
    for (const std::string& name : options.names) {
        crew.push_back(std::make_unique<Actor>(name, options.from, options.tick));
    }
}
