// Wrong    Starts --workers threads, joins them all, then starts the next batch.
// Caught   a slow URL holds no other back
// Says     with --workers 2, while one URL is not answered and
// Also     starts its workers once

#include <algorithm>
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
    const std::size_t size = options.urls.size();
    for (std::size_t begin = 0; begin < size; begin += options.workers) {
        std::vector<std::jthread> batch;
        for (std::size_t i = begin; i < std::min(begin + options.workers, size); ++i) {
            batch.emplace_back([i, &options, &all_answered] {
                if (!ping(options.urls[i], options.timeout)) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
