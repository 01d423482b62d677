// Wrong    Starts its workers once, but they wait at a barrier after each URL.
// Caught   a slow URL holds no other back

#include <atomic>
#include <barrier>
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
    std::barrier step(options.workers);
    const auto work = [&](std::size_t mine) {
        for (; mine < options.urls.size(); mine += static_cast<std::size_t>(options.workers)) {
            if (!ping(options.urls[mine], options.timeout)) all_answered = false;
            step.arrive_and_wait();
        }
        step.arrive_and_drop();
    };
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) workers.emplace_back(work, i);
    workers.clear();
    return all_answered ? 0 : 1;
}
