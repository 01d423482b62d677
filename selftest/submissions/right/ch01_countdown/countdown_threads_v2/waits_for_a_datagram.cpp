// Right    Sleeps in recv on a socket that never receives anything. The tick is the socket's time-out (SO_RCVTIMEO).

#include <sys/socket.h>
#include <sys/time.h>

#include <chrono>
#include <list>
#include <string>
#include <thread>
#include <utility>

#include "support/countdown_options.hpp"
#include "support/descriptor.hpp"
#include "support/print.hpp"

class Actor {
  public:
    Actor(std::string name, int from, Duration tick) : name_(std::move(name)), from_(from), tick_(tick) {
        const auto whole = std::chrono::floor<std::chrono::seconds>(tick);
        const auto rest = std::chrono::ceil<std::chrono::microseconds>(tick - whole);
        const timeval limit{whole.count(), rest.count()};
        setsockopt(silence_.number(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        thread_ = std::jthread([this] { run(); });
    }

  private:
    void run() {
        print_line("Thread ", name_, " starting...");
        for (int k = from_; k >= 1; --k) {
            print_line("Thread ", name_, " is counting down: ", k, "...");
            char nothing;
            if (tick_ > Duration::zero()) recv(silence_.number(), &nothing, 1, 0);  // zero would be for ever
        }
        print_line("Thread ", name_, " finished counting down");
        print_line("Thread ", name_, " finished");
    }

    const std::string name_;
    const int from_;
    const Duration tick_;
    const Descriptor silence_{socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
    std::jthread thread_;  // last: joined before the socket is closed
};

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each an object with a thread of its own.");
    std::list<Actor> crew;
    for (const std::string& name : options.names) {
        crew.emplace_back(name, options.from, options.tick);
    }
}
