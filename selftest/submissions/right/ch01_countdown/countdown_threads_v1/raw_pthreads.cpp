// Right    Calls pthread_create and pthread_join, with one argument struct per actor.

#include <pthread.h>
#include <time.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/countdown_options.hpp"
#include "support/print.hpp"

struct Part {
    std::string name;
    int from;
    Duration tick;
};

void* count_down(void* argument) {
    const Part& part = *static_cast<Part*>(argument);
    for (int k = part.from; k >= 1; --k) {
        print_line("Thread ", part.name, " is counting down: ", k, "...");
        timespec left = {.tv_sec = part.tick.count() / 1'000'000'000, .tv_nsec = part.tick.count() % 1'000'000'000};
        while (nanosleep(&left, &left) != 0 && errno == EINTR) {
        }
    }
    print_line("Thread ", part.name, " finished counting down");
    return nullptr;
}

int main(int argc, char** argv) {
    const CountdownOptions options =
        parse_countdown_options(argc, argv, "Actors count down, each in a thread of its own.");
    std::vector<Part> parts;
    for (const std::string& name : options.names) parts.push_back({name, options.from, options.tick});

    std::vector<pthread_t> crew(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (pthread_create(&crew[i], nullptr, count_down, &parts[i]) != 0) return 1;
    }
    for (const pthread_t actor : crew) pthread_join(actor, nullptr);
}
