// Right    Each worker has its own queue, and takes from the other queues when its own is empty.

#include <algorithm>
#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
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

struct Queue {
    std::mutex mutex;
    std::deque<std::string> urls;

    std::optional<std::string> take() {
        const std::scoped_lock lock(mutex);
        if (urls.empty()) return std::nullopt;
        const std::string url = urls.front();
        urls.pop_front();
        return url;
    }
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    const std::size_t size = std::min<std::size_t>(options.workers, options.urls.size());
    std::vector<Queue> queues(size);
    for (std::size_t i = 0; i < options.urls.size(); ++i) queues[i % size].urls.push_back(options.urls[i]);

    std::atomic<bool> all_answered = options.complete;
    const auto work = [&](std::size_t own) {
        for (std::size_t tried = 0; tried < size;) {
            const std::optional<std::string> url = queues[(own + tried) % size].take();
            if (!url) ++tried;  // nobody fills a queue again
            else if (!ping(*url, options.timeout)) all_answered = false;
        }
    };
    std::vector<std::thread> workers;
    for (std::size_t own = 0; own < size; ++own) workers.emplace_back(work, own);
    for (std::thread& worker : workers) worker.join();
    return all_answered ? 0 : 1;
}
