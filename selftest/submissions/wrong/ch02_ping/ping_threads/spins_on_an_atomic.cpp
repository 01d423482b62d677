// Wrong    Main spins until an atomic counter says that all threads are done, then joins.
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
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> done = 0;
    std::vector<std::jthread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&url, &options, &all_answered, &done] {
            if (!ping(url, options.timeout)) all_answered = false;
            ++done;
        });
    }
    while (done < options.urls.size()) {
    }
    threads.clear();
    return all_answered ? 0 : 1;
}
