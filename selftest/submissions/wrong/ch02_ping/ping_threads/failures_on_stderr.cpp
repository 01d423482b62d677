// Wrong    Reports failed URLs on stderr.
// Caught   tells each failure alone, and exits 1
// Also     gives up on a URL after --timeout
// Also     is right in whatever order its threads are moved

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
                if (answer.arrived) print_line(url, ":", answer.text);
                else print_error(url, ":", answer.text);
                if (!answer.arrived) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
