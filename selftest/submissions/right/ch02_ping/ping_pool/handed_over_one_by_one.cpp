// Right    Main waits for a free worker before it hands out the next URL.

#include <atomic>
#include <condition_variable>
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
    std::condition_variable handed;
    const std::string* next = nullptr;  // guarded by mutex, as the next one
    bool closed = false;
    std::counting_semaphore<> free_workers(0);

    const auto work = [&] {
        for (;;) {
            free_workers.release();
            const std::string* mine = nullptr;
            {
                std::unique_lock lock(mutex);
                handed.wait(lock, [&] { return next || closed; });
                std::swap(mine, next);
            }
            handed.notify_all();
            if (!mine) return;
            if (!ping(*mine, options.timeout)) all_answered = false;
        }
    };
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) workers.emplace_back(work);
    for (const std::string& url : options.urls) {
        free_workers.acquire();
        std::unique_lock lock(mutex);
        next = &url;
        handed.notify_all();
        handed.wait(lock, [&next] { return !next; });
    }
    {
        const std::scoped_lock lock(mutex);
        closed = true;
    }
    handed.notify_all();
    workers.clear();
    return all_answered ? 0 : 1;
}
