// Right    No thread asks until main, having started all of them, opens a latch.

#include <atomic>
#include <latch>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    std::latch start(1);
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&start, &all_answered, &options, &url] {
                start.wait();
                if (!ping(url, options.timeout)) all_answered = false;
            });
        }
        start.count_down();
    }
    return all_answered ? 0 : 1;
}
