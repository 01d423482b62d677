// Right    Workers wait on a condition_variable_any until there are URLs or a stop is requested.

#include <atomic>
#include <condition_variable>
#include <list>
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
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::list<std::string> urls;

    const auto work = [&](const std::stop_token& stop) {
        for (;;) {
            std::unique_lock lock(mutex);
            if (!changed.wait(lock, stop, [&urls] { return !urls.empty(); })) return;
            const std::string url = urls.front();
            urls.pop_front();
            lock.unlock();
            if (!ping(url, options.timeout)) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < options.workers; ++i) workers.emplace_back(work);
        const std::scoped_lock lock(mutex);
        urls.assign(options.urls.begin(), options.urls.end());
        changed.notify_all();
    }  // asks each worker to stop, and joins it; by then the list is full
    return all_answered ? 0 : 1;
}
