// Wrong    Starts a thread for each URL, but a mutex lets only one ask at a time.
// Caught   each URL is asked by a thread of its own

#include <atomic>
#include <mutex>
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
    std::mutex asking;
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered, &asking] {
                const std::scoped_lock lock(asking);
                if (!ping(url, options.timeout)) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
