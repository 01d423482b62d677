// Wrong    Treats any answer other than OK as a failure.
// Caught   prints the reason phrase of each answer
// Also     prints each line as its answer arrives

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered] {
                const Answer answer = ask(url, options.timeout);
                print_line(url, ":", answer.text);
                if (answer.text != "OK") all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
