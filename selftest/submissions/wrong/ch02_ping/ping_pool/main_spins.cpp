// Wrong    Main checks in a loop, without a pause, whether the workers are done.
// Caught   does not busy-wait
// Says     while no URL was answered
// Also     gives up on a URL after --timeout
// Also     has no data race
// Also     has no memory error

#include <atomic>
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
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0, done = 0;
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) {
        workers.emplace_back([&] {
            for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
                if (!ping(options.urls[mine], options.timeout)) all_answered = false;
                ++done;
            }
        });
    }
    while (done < options.urls.size()) {
    }
    workers.clear();
    return all_answered ? 0 : 1;
}
