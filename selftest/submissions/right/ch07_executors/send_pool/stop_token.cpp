// Right    std::condition_variable_any waits for a task or a stop. Each worker has a number, its key in the map of
//          threads, which it puts on a list when it leaves.

#include <condition_variable>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"

class ThreadPool {
  public:
    explicit ThreadPool(Range<int> workers) : workers_(workers) {
        const std::scoped_lock lock(mutex_);
        while (here_ < workers_.least) hire();
    }
    ~ThreadPool() { shutdown(); }

    template <class Function>
    auto submit(Function function) {
        auto task = std::make_shared<std::packaged_task<std::invoke_result_t<Function>()>>(std::move(function));
        auto result = task->get_future();
        add([task] { (*task)(); });
        return result;
    }

    void shutdown() {
        std::map<int, std::jthread> all;
        {
            const std::scoped_lock lock(mutex_);
            closed_ = true;
            all.swap(threads_);
            left_.clear();
        }
        for (auto& [number, thread] : all) thread.request_stop();
    }  // each of them is joined here

  private:
    void add(std::function<void()> task) {
        std::vector<std::jthread> left;
        const std::unique_lock lock(mutex_);
        if (closed_) throw std::runtime_error("submitted to a pool that is shut down");
        for (const int number : std::exchange(left_, {})) left.push_back(std::move(threads_.extract(number).mapped()));
        const bool all_have_one = static_cast<int>(tasks_.size()) + busy_ >= here_;
        if (all_have_one && here_ < workers_.most) hire();
        tasks_.push(std::move(task));
        news_.notify_one();
    }

    void hire() {
        const int number = ++hired_;
        threads_.emplace(number, [this, number](const std::stop_token& stop) { work(number, stop); });
        ++here_;
    }

    void work(int number, const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        while (news_.wait(lock, stop, [this] { return !tasks_.empty(); })) {
            std::function<void()> task = std::move(tasks_.front());
            tasks_.pop();
            ++busy_;
            lock.unlock();
            task();
            task = nullptr;
            lock.lock();
            --busy_;
            if (tasks_.empty() && here_ > workers_.least) break;
        }
        --here_;
        if (!closed_) left_.push_back(number);
    }

    const Range<int> workers_;
    std::mutex mutex_;
    std::condition_variable_any news_;
    std::queue<std::function<void()>> tasks_;
    bool closed_ = false;
    int hired_ = 0, here_ = 0, busy_ = 0;
    std::vector<int> left_;
    std::map<int, std::jthread> threads_;  // last: joined before the other members are destroyed
};

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    ThreadPool pool(options.workers);
    for (int sample = 0; sample < options.samples; ++sample) {
        std::map<int, std::future<void>> results;
        for (const int task : report.begin_sample()) {
            results[task] = pool.submit([&, task] {
                thread_local ChatConnection connection(options);
                report.begin(task);
                report.end(task, deliver(connection, task, options));
            });
        }
        for (auto& [task, result] : results) {
            try {
                result.get();
            } catch (const std::exception& error) {
                report.end(task, failure(error));
            }
        }
        report.end_sample();
    }
    return report.finish();
}
