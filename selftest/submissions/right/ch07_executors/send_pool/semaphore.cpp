// Right    A semaphore counts the waiting tasks, and shutdown adds one per worker: a worker that finds no task leaves.
//          The number of unfinished tasks decides how many threads there should be.

#include <deque>
#include <future>
#include <list>
#include <mutex>
#include <semaphore>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"

class ThreadPool {
    using Threads = std::list<std::thread>;

  public:
    explicit ThreadPool(Range<int> workers) : workers_(workers) {
        try {
            const std::lock_guard<std::mutex> lock(mutex_);
            for (int i = 0; i < workers.least; ++i) start();
        } catch (...) {
            shutdown();
            throw;
        }
    }
    ~ThreadPool() { shutdown(); }

    template <class Function>
    auto submit(Function function) -> std::future<std::invoke_result_t<Function>> {
        std::packaged_task<std::invoke_result_t<Function>()> task(std::move(function));
        auto result = task.get_future();
        Threads left;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (closed_) throw std::runtime_error("the pool is closed");
            if (unfinished_ >= here_ && here_ < workers_.most) start();
            ++unfinished_;
            tasks_.emplace_back(std::move(task));
            left.swap(left_);
        }
        waiting_.release();
        for (std::thread& thread : left) thread.join();
        return result;
    }

    void shutdown() {
        std::ptrdiff_t awake = 0;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (std::exchange(closed_, true)) return;
            awake = here_;
        }
        waiting_.release(awake);
        while (true) {
            std::unique_lock<std::mutex> lock(mutex_);
            Threads& some = threads_.empty() ? left_ : threads_;
            if (some.empty()) return;
            std::thread one = std::move(some.front());
            some.pop_front();
            lock.unlock();
            one.join();
        }
    }

  private:
    void start() {
        threads_.emplace_back();
        try {
            threads_.back() = std::thread([this] { work(); });
        } catch (...) {
            threads_.pop_back();
            throw;
        }
        ++here_;
    }

    void work() {
        do waiting_.acquire();
        while (do_one());
    }

    // Returns false if the thread must end.
    bool do_one() {
        std::packaged_task<void()> task;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (tasks_.empty()) return false;
            task = std::move(tasks_.front());
            tasks_.pop_front();
        }
        task();
        task = {};
        const std::lock_guard<std::mutex> lock(mutex_);
        --unfinished_;
        if (unfinished_ >= here_ || here_ == workers_.least) return true;
        --here_;
        for (auto thread = threads_.begin(); thread != threads_.end(); ++thread) {
            if (thread->get_id() != std::this_thread::get_id()) continue;
            left_.splice(left_.end(), threads_, thread);
            break;
        }
        return false;
    }

    const Range<int> workers_;
    std::counting_semaphore<> waiting_{0};
    std::mutex mutex_;
    std::deque<std::packaged_task<void()>> tasks_;
    int here_ = 0, unfinished_ = 0;
    bool closed_ = false;
    Threads threads_, left_;
};

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    ThreadPool pool(options.workers);
    const auto send = [&](int task) {
        thread_local ChatConnection connection(options);
        report.begin(task);
        report.end(task, deliver(connection, task, options));
    };
    for (int sample = 0; sample < options.samples; ++sample) {
        const std::vector<int> tasks = report.begin_sample();
        std::vector<std::future<void>> results;
        for (const int task : tasks) results.push_back(pool.submit([&send, task] { send(task); }));
        for (std::size_t i = 0; i < tasks.size(); ++i) {
            try {
                results[i].get();
            } catch (const std::exception& error) {
                report.end(tasks[i], failure(error));
            }
        }
        report.end_sample();
    }
    pool.shutdown();
    return report.finish();
}
