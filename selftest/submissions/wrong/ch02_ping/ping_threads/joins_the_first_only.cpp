// Wrong    Joins the first thread and detaches the others.
// Caught   joins every thread
// Also     prints each line as its answer arrives
// Also     prints the reason phrase of each answer
// Also     tells each failure alone, and exits 1
// Also     gives up on a URL after --timeout
// Also     writes every line at once, into a pipe too
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     does not busy-wait

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
    static std::atomic<bool> all_answered = options.complete;
    std::vector<std::thread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&url, &options] {
            if (!ping(url, options.timeout)) all_answered = false;
        });
    }
    threads.front().join();
    for (std::size_t i = 1; i < threads.size(); ++i) threads[i].detach();
    return all_answered ? 0 : 1;
}
