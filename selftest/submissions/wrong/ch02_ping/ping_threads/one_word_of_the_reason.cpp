// Wrong    Prints the reason phrase only up to its first space.
// Caught   prints the reason phrase of each answer
// Says     /empty:Not Found" is missing
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
                const std::size_t end = answer.arrived ? answer.text.find(' ') : std::string::npos;
                print_line(url, ":", answer.text.substr(0, end));
                if (!answer.arrived) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
