// Right    Each worker has its own condition variable and slot. submit gives a task to a free worker, to a new one, or
//          to the queue. A callback reports to main that a task is done.

#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
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

class ThreadPool {
  public:
    explicit ThreadPool(Range<int> range)
        : ThreadPool(static_cast<std::size_t>(range.least), static_cast<std::size_t>(range.most)) {
        const std::scoped_lock lock(mutex_);
        while (workers_.size() < least_) free_.push_back(&new_worker());
    }
    ~ThreadPool() { shutdown(); }

    template <class Function>
    std::future<std::invoke_result_t<Function>> submit(Function function) {
        std::packaged_task<std::invoke_result_t<Function>()> task(std::move(function));
        auto result = task.get_future();
        std::list<Worker> gone;
        const std::unique_lock lock(mutex_);
        if (closed_) throw std::runtime_error("the pool has closed");
        gone.swap(gone_);
        if (!free_.empty()) {
            Worker& worker = *free_.back();
            free_.pop_back();
            worker.give(Task(std::move(task)));
        } else if (workers_.size() < most_) {
            new_worker().give(Task(std::move(task)));
        } else {
            queue_.emplace_back(std::move(task));
        }
        return result;
    }

    void shutdown() {
        std::list<Worker> all, gone;
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        for (Worker* const worker : free_) worker->give(Task());
        free_.clear();
        all.swap(workers_);
        gone.swap(gone_);
    }  // releases the lock first, then joins the workers

  private:
    ThreadPool(std::size_t least, std::size_t most) : least_(least), most_(most) {}

    using Task = std::packaged_task<void()>;

    struct Worker {
        std::condition_variable news;
        bool has_news = false;
        Task hand;  // an empty task ends the worker
        std::jthread thread;

        void give(Task task) {
            hand = std::move(task);
            has_news = true;
            news.notify_one();
        }
    };

    Worker& new_worker() {
        const auto worker = workers_.emplace(workers_.end());
        try {
            worker->thread = std::jthread([this, worker] { work(worker); });
        } catch (...) {
            workers_.erase(worker);
            throw;
        }
        return *worker;
    }

    void work(std::list<Worker>::iterator me) {
        std::unique_lock lock(mutex_);
        while (true) {
            me->news.wait(lock, [me] { return me->has_news; });
            me->has_news = false;
            while (me->hand.valid()) {
                Task task = std::exchange(me->hand, {});
                lock.unlock();
                task();
                task = {};
                lock.lock();
                if (queue_.empty()) break;
                me->hand = std::move(queue_.front());
                queue_.pop_front();
            }
            if (closed_) return;
            if (workers_.size() > least_) return gone_.splice(gone_.end(), workers_, me);
            free_.push_back(&*me);
        }
    }

    const std::size_t least_, most_;
    std::mutex mutex_;
    std::deque<Task> queue_;  // empty while a worker is free
    bool closed_ = false;
    std::vector<Worker*> free_;
    std::list<Worker> workers_, gone_;
};

// Waits until every task has called back.
class Countdown {
  public:
    explicit Countdown(int left) : left_(left) {}
    void one_less() {
        const std::scoped_lock lock(mutex_);
        if (--left_ == 0) none_.notify_all();  // holding the lock: the waiting thread may destroy this afterwards
    }
    void wait() {
        std::unique_lock lock(mutex_);
        none_.wait(lock, [this] { return left_ == 0; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable none_;
    int left_;
};

void send(int task, const SendOptions& options, const std::function<void(int, const Outcome&)>& when_done) {
    try {
        thread_local ChatConnection connection(options);
        when_done(task, deliver(connection, task, options));
    } catch (const std::exception& error) {
        when_done(task, failure(error));
    }
}

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    ThreadPool pool(options.workers);
    for (int sample = 0; sample < options.samples; ++sample) {
        Countdown open(options.tasks);
        const auto when_done = [&](int task, const Outcome& outcome) {
            report.end(task, outcome);
            open.one_less();
        };
        for (const int task : report.begin_sample()) {
            pool.submit([&report, &options, &when_done, task] {
                report.begin(task);
                send(task, options, when_done);
            });
        }
        open.wait();
        report.end_sample();
    }
    return report.finish();
}
