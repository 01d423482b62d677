// Right    A semaphore counts the URLs in the queue. One empty URL per worker ends the work.

#include <atomic>
#include <deque>
#include <mutex>
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
    std::mutex mutex;
    std::deque<std::string> queue;
    std::counting_semaphore<> filled(0);

    const auto take = [&] {
        filled.acquire();
        const std::scoped_lock lock(mutex);
        const std::string url = queue.front();
        queue.pop_front();
        return url;
    };
    const auto put = [&](const std::string& url) {
        {
            const std::scoped_lock lock(mutex);
            queue.push_back(url);
        }
        filled.release();
    };
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) {
        workers.emplace_back([&take, &options, &all_answered] {
            for (std::string url = take(); !url.empty(); url = take()) {
                if (!ping(url, options.timeout)) all_answered = false;
            }
        });
    }
    for (const std::string& url : options.urls) put(url);
    for (std::size_t i = 0; i < workers.size(); ++i) put("");
    for (std::jthread& worker : workers) worker.join();
    return all_answered ? 0 : 1;
}
