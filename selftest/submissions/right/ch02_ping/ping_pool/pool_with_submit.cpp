// Right    The pool takes tasks and returns futures. Main submits one task per URL.

#include <condition_variable>
#include <functional>
#include <future>
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

class Pool {
  public:
    explicit Pool(int size) {
        for (int i = 0; i < size; ++i) workers_.emplace_back([this] { work(); });
    }
    ~Pool() {
        {
            const std::scoped_lock lock(mutex_);
            closing_ = true;
        }
        changed_.notify_all();
        for (std::thread& worker : workers_) worker.join();
    }

    std::future<bool> submit(std::function<bool()> function) {
        std::packaged_task<bool()> task(std::move(function));
        std::future<bool> result = task.get_future();
        {
            const std::scoped_lock lock(mutex_);
            tasks_.push(std::move(task));
        }
        changed_.notify_one();
        return result;
    }

  private:
    void work() {
        for (std::unique_lock lock(mutex_);;) {
            changed_.wait(lock, [this] { return closing_ || !tasks_.empty(); });
            if (tasks_.empty()) return;
            std::packaged_task<bool()> task = std::move(tasks_.front());
            tasks_.pop();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::queue<std::packaged_task<bool()>> tasks_;
    bool closing_ = false;
    std::vector<std::thread> workers_;
};

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    Pool pool(options.workers);
    std::vector<std::future<bool>> answers;
    for (const std::string& url : options.urls)
        answers.push_back(pool.submit([&url, &options] { return ping(url, options.timeout); }));
    bool all_answered = options.complete;
    for (std::future<bool>& answer : answers) all_answered = answer.get() && all_answered;
    return all_answered ? 0 : 1;
}
