// Right    The workers wait at a queue. Main fills it while they work, then closes it.

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <queue>
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

class UrlQueue {
  public:
    void put(const std::string& url) {
        {
            const std::scoped_lock lock(mutex_);
            urls_.push(url);
        }
        changed_.notify_one();
    }
    void close() {
        {
            const std::scoped_lock lock(mutex_);
            closed_ = true;
        }
        changed_.notify_all();
    }
    bool take(std::string& url) {  // false: closed, and nothing is left
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !urls_.empty(); });
        if (urls_.empty()) return false;
        url = urls_.front();
        urls_.pop();
        return true;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<std::string> urls_;
    bool closed_ = false;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    UrlQueue queue;
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < options.workers; ++i) {
            workers.emplace_back([&queue, &all_answered, timeout = options.timeout] {
                for (std::string url; queue.take(url);) {
                    if (!ping(url, timeout)) all_answered = false;
                }
            });
        }
        for (const std::string& url : options.urls) queue.put(url);
        queue.close();
    }
    return all_answered ? 0 : 1;
}
