// Right    A priority queue in the order of submission. A map holds all threads until they are joined.

#include <condition_variable>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <set>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"

class PoolIsClosed : public std::runtime_error {
  public:
    PoolIsClosed() : std::runtime_error("the pool is closed") {}
};

class Work {
  public:
    virtual ~Work() = default;
    virtual void operator()() = 0;
};

template <class Result>
class WorkFor : public Work {
  public:
    template <class Function>
    explicit WorkFor(Function function) : task_(std::move(function)) {}
    void operator()() override { task_(); }
    std::future<Result> result() { return task_.get_future(); }

  private:
    std::packaged_task<Result()> task_;
};

class ThreadPool {
  public:
    explicit ThreadPool(Range<int> workers) : ThreadPool(workers.least, workers.most) {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (int i = 0; i < workers_.least; ++i) start_thread();
    }
    ~ThreadPool() { shutdown(); }

    template <class Function>
    std::future<std::invoke_result_t<Function>> submit(Function function) {
        auto work = std::make_shared<WorkFor<std::invoke_result_t<Function>>>(std::move(function));
        auto result = work->result();
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (closed_) throw PoolIsClosed();
            queue_.push({next_number_++, std::move(work)});
            const int wanted = busy_ + static_cast<int>(queue_.size());
            if (wanted > alive_ && alive_ < workers_.most) start_thread();
        }
        something_to_do_.notify_one();
        join_finished();
        return result;
    }

    void shutdown() {
        std::unique_lock<std::mutex> lock(mutex_);
        closed_ = true;
        something_to_do_.notify_all();
        somebody_finished_.wait(lock, [this] { return alive_ == 0; });
        lock.unlock();
        join_finished();
    }

  private:
    struct Entry {
        std::uint64_t number;
        std::shared_ptr<Work> work;
        bool operator<(const Entry& other) const { return number > other.number; }  // the oldest is on top
    };

    ThreadPool(int least, int most) : workers_{least, most} {}

    void start_thread() {
        std::thread thread([this] { loop(); });
        threads_[thread.get_id()] = std::move(thread);
        ++alive_;
    }

    void join_finished() {
        std::map<std::thread::id, std::thread> finished;
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            for (const std::thread::id id : finished_) finished.insert(threads_.extract(id));
            finished_.clear();
        }
        for (auto& entry : finished) entry.second.join();
    }

    void loop() {
        std::unique_lock<std::mutex> lock(mutex_);
        for (;;) {
            if (queue_.empty() && (closed_ || alive_ > workers_.least)) break;
            if (queue_.empty()) {
                something_to_do_.wait(lock);
                continue;
            }
            std::shared_ptr<Work> work = queue_.top().work;
            queue_.pop();
            ++busy_;
            lock.unlock();
            (*work)();
            work.reset();
            lock.lock();
            --busy_;
        }
        --alive_;
        finished_.insert(std::this_thread::get_id());
        somebody_finished_.notify_all();
    }

    const Range<int> workers_;
    std::mutex mutex_;
    std::condition_variable something_to_do_, somebody_finished_;
    std::priority_queue<Entry> queue_;
    std::uint64_t next_number_ = 0;
    int alive_ = 0, busy_ = 0;
    bool closed_ = false;
    std::map<std::thread::id, std::thread> threads_;
    std::set<std::thread::id> finished_;
};

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    ThreadPool pool(options.workers);
    for (int sample = 0; sample < options.samples; ++sample) {
        struct Sent {
            int task;
            std::future<Outcome> outcome;
        };
        std::vector<Sent> all;
        for (const int task : report.begin_sample()) {
            auto outcome = pool.submit([&options, &report, task] {
                static thread_local ChatConnection connection(options);
                report.begin(task);
                Outcome its = deliver(connection, task, options);
                report.end(task, its);
                return its;
            });
            all.push_back({task, std::move(outcome)});
        }
        for (Sent& sent : all) {
            try {
                sent.outcome.get();
            } catch (const std::exception& error) {
                report.end(sent.task, failure(error));
            }
        }
        report.end_sample();
    }
    return report.finish();
}
