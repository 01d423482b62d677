// Wrong    Has an array for 64 threads and writes any more past its end.
// Caught   has no memory error
// Also     all URLs are in flight at once

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
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    std::jthread threads[64];
    std::jthread* next = threads;
    for (const std::string& url : options.urls) {
        *next++ = std::jthread([&url, &options, &all_answered] {
            if (!ping(url, options.timeout)) all_answered = false;
        });
    }
    for (std::jthread* thread = threads; thread != next; ++thread) thread->join();
    return all_answered ? 0 : 1;
}
