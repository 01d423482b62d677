// Right    Runnable has start and join. The actor derives from it and overrides run.

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Runnable {
  public:
    virtual ~Runnable() = default;

    void start() {
        thread_ = std::thread([this] { run(); });
    }
    void join() { thread_.join(); }

  private:
    virtual void run() = 0;

    std::thread thread_;
};

class Actor : public Runnable {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {}

  private:
    void run() override {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            std::this_thread::sleep_for(tick_);
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::vector<std::unique_ptr<Runnable>> crew;
    for (const std::string& name : options.names) {
        crew.push_back(std::make_unique<Actor>(name, options.from, options.tick));
    }
    for (auto& actor : crew) actor->start();
    for (auto& actor : crew) actor->join();
}
