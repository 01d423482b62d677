// Wrong    Exits with the number of URLs that failed.
// Caught   tells each failure alone, and exits 1
// Also     has no data race
// Also     has no memory error

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<int> failures = options.complete ? 0 : 1;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &failures] {
                const Answer answer = ask(url, options.timeout);
                print_line(url, ":", answer.text);
                if (!answer.arrived) ++failures;
            });
        }
    }
    return failures;
}
