// Wrong    The class owns a child process instead of a thread.
// Caught   each actor is a thread of its own
// Says     not all of these threads are the program's own

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <list>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {
        if (child_ == 0) {
            run();
            _exit(0);
        }
    }
    ~Actor() { waitpid(child_, nullptr, 0); }

  private:
    void run() {
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
    const pid_t child_ = fork();
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
