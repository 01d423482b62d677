// Wrong    Closes the queue with an atomic flag, without the lock. A worker that has checked the flag but does not
//          sleep yet misses the notification and sleeps for ever.
// Caught   is right in whatever order its threads are moved
// Says     the program hangs: main waits in join for thread 1

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// URLs that no worker has taken yet. Main puts them in, and closes the queue after the last one.
class Queue {
  public:
    void put(const std::string& url) {
        const std::scoped_lock lock(mutex_);
        urls_.push_back(url);
        changed_.notify_one();
    }
    void close() {
        closed_ = true;
        changed_.notify_all();
    }
    // Returns "" when there will be no more.
    std::string take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !urls_.empty(); });
        if (urls_.empty()) return "";
        std::string first = urls_.front();
        urls_.pop_front();
        return first;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::string> urls_;
    std::atomic<bool> closed_ = false;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    Queue queue;
    const auto work = [&] {
        for (std::string url = queue.take(); !url.empty(); url = queue.take()) {
            const Answer answer = ask(url, options.timeout);
            print_line(url, ":", answer.text);
            if (!answer.arrived) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < options.workers; ++i) workers.emplace_back(work);
        for (const std::string& url : options.urls) queue.put(url);
        queue.close();
    }
    return all_answered ? 0 : 1;
}
