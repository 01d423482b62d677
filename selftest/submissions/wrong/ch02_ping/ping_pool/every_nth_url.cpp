// Wrong    Worker i always asks URLs i, i + workers, i + 2 workers, and so on.
// Caught   a slow URL holds no other back

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
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) {
        workers.emplace_back([i, &options, &all_answered] {
            for (std::size_t mine = i; mine < options.urls.size(); mine += options.workers) {
                if (!ping(options.urls[mine], options.timeout)) all_answered = false;
            }
        });
    }
    workers.clear();
    return all_answered ? 0 : 1;
}
