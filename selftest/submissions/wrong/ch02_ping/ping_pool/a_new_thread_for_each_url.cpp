// Wrong    Main waits for a free slot, then starts a new thread for the next URL.
// Caught   starts its workers once
// Says     the program started 20 threads for 20 URLs

#include <atomic>
#include <semaphore>
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
    std::counting_semaphore<> free_places(options.workers);
    std::vector<std::jthread> threads;
    for (const std::string& url : options.urls) {
        free_places.acquire();
        threads.emplace_back([&url, &options, &all_answered, &free_places] {
            if (!ping(url, options.timeout)) all_answered = false;
            free_places.release();
        });
    }
    threads.clear();
    return all_answered ? 0 : 1;
}
