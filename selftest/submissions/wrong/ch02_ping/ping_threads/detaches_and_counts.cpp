// Wrong    Detaches its threads and ends when a counter says that all have printed.
// Caught   joins every thread

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

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
    for (const std::string& url : options.urls) {
        std::thread([&] {
            if (!ping(url, options.timeout)) all_answered = false;
            const std::scoped_lock lock(mutex);
            if (--left == 0) changed.notify_one();
        }).detach();
    }
    std::unique_lock lock(mutex);
    changed.wait(lock, [&left] { return left == 0; });
    return all_answered ? 0 : 1;
}
