// Right    Workers are std::async calls, and shutdown waits for their futures. A worker that leaves moves its future to
//          a list, which the next submit empties.

#include <condition_variable>
#include <deque>
#include <future>
#include <list>
#include <mutex>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"

class ThreadPool {
    using Crew = std::list<std::future<void>>;

  public:
    explicit ThreadPool(Range<int> workers) : least_(workers.least), most_(workers.most) {
        const std::scoped_lock lock(mutex_);
        try {
            while (size_ < least_) begin_worker();
        } catch (...) {
            closed_ = true;
            news_.notify_all();
            throw;
        }
    }
    ~ThreadPool() { shutdown(); }

    template <class Function>
    std::future<std::invoke_result_t<Function>> submit(Function function) {
        std::packaged_task<std::invoke_result_t<Function>()> task(std::move(function));
        auto result = task.get_future();
        Crew left;  // Its futures wait for their threads when they are destroyed.
        const std::unique_lock lock(mutex_);
        if (closed_) throw std::logic_error("this pool takes no tasks any more");
        left.swap(left_);
        tasks_.emplace_back(std::move(task));
        ++unfinished_;
        if (unfinished_ > size_ && size_ < most_) begin_worker();
        news_.notify_one();
        return result;
    }

    void shutdown() {
        Crew here, left;
        {
            const std::scoped_lock lock(mutex_);
            closed_ = true;
            news_.notify_all();
            here.swap(here_);
            left.swap(left_);
        }
        for (const std::future<void>& worker : here) worker.wait();
    }

  private:
    void begin_worker() {
        const auto me = here_.emplace(here_.end());
        try {
            *me = std::async(std::launch::async, [this, me] { work(me); });
        } catch (...) {
            here_.erase(me);
            throw;
        }
        ++size_;
    }

    void work(Crew::iterator me) {
        std::unique_lock lock(mutex_);
        for (;;) {
            news_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
            if (tasks_.empty()) break;
            std::packaged_task<void()> task = std::move(tasks_.front());
            tasks_.pop_front();
            lock.unlock();
            task();
            task = std::packaged_task<void()>();
            lock.lock();
            --unfinished_;
            if (unfinished_ < size_ && size_ > least_) break;
        }
        --size_;
        if (!closed_) left_.splice(left_.end(), here_, me);
    }

    const int least_, most_;
    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<std::packaged_task<void()>> tasks_;
    int unfinished_ = 0, size_ = 0;
    bool closed_ = false;
    Crew here_, left_;
};

void send(int task, const SendOptions& options, SendReport& report) {
    thread_local ChatConnection connection(options);
    report.begin(task);
    report.end(task, deliver(connection, task, options));
}

void run_sample(ThreadPool& pool, const SendOptions& options, SendReport& report) {
    std::vector<std::pair<int, std::future<void>>> sent;
    for (const int task : report.begin_sample())
        sent.emplace_back(task, pool.submit([&, task] { send(task, options, report); }));
    while (!sent.empty()) {  // last one first: the order does not matter
        auto [task, result] = std::move(sent.back());
        sent.pop_back();
        try {
            result.get();
        } catch (const std::exception& error) {
            report.end(task, failure(error));
        }
    }
    report.end_sample();
}

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    {
        ThreadPool pool(options.workers);
        for (int sample = 0; sample < options.samples; ++sample) run_sample(pool, options, report);
    }
    return report.finish();
}
