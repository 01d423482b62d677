// Wrong    Ends the program after --timeout, without a line for the URLs that did not answer.
// Caught   gives up on a URL after --timeout

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
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
    std::atomic<bool> all_answered = options.complete;
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t left = options.urls.size();
    std::vector<std::jthread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&] {
            if (!ping(url, std::chrono::hours(24))) all_answered = false;
            const std::scoped_lock lock(mutex);
            --left;
            changed.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    if (!changed.wait_for(lock, options.timeout, [&left] { return left == 0; })) _exit(1);
    lock.unlock();
    threads.clear();
    return all_answered ? 0 : 1;
}
