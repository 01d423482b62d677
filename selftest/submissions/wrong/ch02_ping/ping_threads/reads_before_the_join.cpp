// Wrong    Reads the result before it has joined the threads.
// Caught   tells each failure alone, and exits 1
// Also     gives up on a URL after --timeout
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     has no memory error

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
    std::mutex mutex;
    bool all_answered = options.complete;
    std::vector<std::jthread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&] {
            if (ping(url, options.timeout)) return;
            const std::scoped_lock lock(mutex);
            all_answered = false;
        });
    }
    const std::scoped_lock lock(mutex);
    return all_answered ? 0 : 1;
}
