// Wrong    A semaphore lets only 64 threads ask at a time.
// Caught   all URLs are in flight at once

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
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::counting_semaphore<> free_places(64);
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered, &free_places] {
                free_places.acquire();
                if (!ping(url, options.timeout)) all_answered = false;
                free_places.release();
            });
        }
    }
    return all_answered ? 0 : 1;
}
