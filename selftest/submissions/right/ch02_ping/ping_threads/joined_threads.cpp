// Right    Joins std::threads in the list's order. Each thread has its own byte for its result.

#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::vector<char> answered(options.urls.size());  // not bool: those share their bytes
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        threads.emplace_back([&, i] {
            const Answer answer = ask(options.urls[i], options.timeout);
            print_line(options.urls[i], ":", answer.text);
            answered[i] = answer.arrived;
        });
    }
    bool all_answered = options.complete;
    for (std::size_t i = 0; i < threads.size(); ++i) {
        threads[i].join();
        all_answered = all_answered && answered[i];
    }
    return all_answered ? 0 : 1;
}
