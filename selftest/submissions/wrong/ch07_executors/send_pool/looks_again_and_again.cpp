// Wrong    A worker checks for a task in a loop.
// Caught   does not busy-wait
// Says     while the server holds all messages
// Also     a connection that breaks is replaced, and its task tried again
// Also     tries again --retries times at most, after pauses that grow
// Also     has no data race
// Also     has no memory error

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"

// Thread-safe, except for its destructor. A task must not wait for another task of the same pool, since all workers may
// be doing that.
class ThreadPool {
  public:
    explicit ThreadPool(Range<int> workers) : ThreadPool() {
        const std::scoped_lock lock(mutex_);
        least_ = static_cast<std::size_t>(workers.least);
        most_ = static_cast<std::size_t>(workers.most);
        while (crew_.size() < least_) start_worker();
    }
    ~ThreadPool() { shutdown(); }

    // The future has what the function returns, or throws. Throws std::runtime_error after shutdown.
    template <class Function>
    std::future<std::invoke_result_t<Function>> submit(Function function) {
        std::packaged_task<std::invoke_result_t<Function>()> task(std::move(function));
        auto result = task.get_future();
        const std::scoped_lock lock(mutex_);
        if (closed_) throw std::runtime_error("the pool has been shut down");
        ended_.clear();  // joins: these threads no longer need mutex_
        const bool none_is_free = tasks_.size() + busy_ >= crew_.size();
        if (none_is_free && crew_.size() < most_) start_worker();
        tasks_.emplace_back(std::move(task));
        news_.notify_one();
        return result;
    }

    // Accepts no more tasks, and returns when those that were submitted are done.
    void shutdown() {
        std::list<std::jthread> all;  // joins them, without the lock
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        all.splice(all.end(), crew_);
        all.splice(all.end(), ended_);
        news_.notify_all();
    }

  private:
    ThreadPool() = default;  // so that the destructor runs if not all threads can be started, and joins the others

    // The caller holds mutex_, so the new thread waits until it is in the list.
    void start_worker() {
        crew_.emplace_back([this] { work(); });
    }

    void work() {
        std::unique_lock lock(mutex_);
        while (true) {
            if (tasks_.empty() && crew_.size() > least_) break;  // there is nothing to do for that many workers
            while (!closed_ && tasks_.empty()) {
                lock.unlock();
                lock.lock();
            }
            if (tasks_.empty()) break;
            run_first(lock);
        }
        const auto me = std::find_if(crew_.begin(), crew_.end(), [](const std::jthread& thread) {
            return thread.get_id() == std::this_thread::get_id();
        });
        if (me != crew_.end()) ended_.splice(ended_.end(), crew_, me);  // a thread cannot join itself
    }

    // Without the lock while the task runs. packaged_task catches what it throws.
    void run_first(std::unique_lock<std::mutex>& lock) {
        std::packaged_task<void()> task = std::move(tasks_.front());
        tasks_.pop_front();
        ++busy_;
        lock.unlock();
        task();
        task = {};  // what the task holds is destroyed without the lock, too
        lock.lock();
        --busy_;
    }

    std::mutex mutex_;  // guards all members below
    std::size_t least_ = 0, most_ = 0;
    std::condition_variable news_;
    std::deque<std::packaged_task<void()>> tasks_;
    std::size_t busy_ = 0;  // workers that are running a task
    bool closed_ = false;
    std::list<std::jthread> crew_, ended_;  // workers, and those that have left and are not joined yet
};

// What a worker does for a task. Its connection is kept for the next one.
void send(int task, const SendOptions& options, SendReport& report) {
    thread_local ChatConnection connection(options);
    report.begin(task);
    report.end(task, deliver(connection, task, options));
}

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    ThreadPool pool(options.workers);  // after what its tasks use
    for (int sample = 0; sample < options.samples; ++sample) {
        std::vector<std::pair<int, std::future<void>>> sent;
        for (const int task : report.begin_sample())
            sent.emplace_back(task, pool.submit([&options, &report, task] { send(task, options, report); }));
        for (auto& [task, result] : sent) {
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
