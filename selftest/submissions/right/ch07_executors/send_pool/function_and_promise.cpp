// Right    A task is a std::function that fulfils a promise. submit starts a worker if more tasks wait than workers do.

#include <condition_variable>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <queue>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"

class ThreadPool {
  public:
    explicit ThreadPool(Range<int> workers)
        : least_(static_cast<std::size_t>(workers.least)), most_(static_cast<std::size_t>(workers.most)) {
        std::unique_lock<std::mutex> lock(mutex_);
        try {
            while (threads_.size() < least_) add_thread();
        } catch (...) {
            lock.unlock();
            shutdown();
            throw;
        }
    }

    ~ThreadPool() { shutdown(); }

    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;

    template <typename F>
    std::future<std::invoke_result_t<F>> submit(F f) {
        using R = std::invoke_result_t<F>;
        auto promise = std::make_shared<std::promise<R>>();
        auto function = std::make_shared<F>(std::move(f));
        auto result = promise->get_future();
        enqueue([promise, function] {
            try {
                if constexpr (std::is_void_v<R>) {
                    (*function)();
                    promise->set_value();
                } else {
                    promise->set_value((*function)());
                }
            } catch (...) {
                promise->set_exception(std::current_exception());
            }
        });
        return result;
    }

    void shutdown() {
        std::unordered_map<std::thread::id, std::thread> threads;
        std::vector<std::thread> finished;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            stop_ = true;
            threads.swap(threads_);
            finished.swap(finished_);
        }
        cv_.notify_all();
        for (auto& [id, thread] : threads) thread.join();
        for (auto& thread : finished) thread.join();
    }

  private:
    void enqueue(std::function<void()> task) {
        std::vector<std::thread> finished;
        {
            std::lock_guard<std::mutex> lock(mutex_);
            if (stop_) throw std::runtime_error("submit on stopped ThreadPool");
            queue_.push(std::move(task));
            if (queue_.size() > idle_ && threads_.size() < most_) {
                try {
                    add_thread();
                } catch (const std::system_error&) {
                    // The existing threads will get to it.
                }
            }
            finished.swap(finished_);
        }
        cv_.notify_one();
        for (auto& thread : finished) thread.join();
    }

    void add_thread() {
        std::thread thread(&ThreadPool::run, this);
        const auto id = thread.get_id();
        threads_.emplace(id, std::move(thread));
        ++idle_;
    }

    void run() {
        std::unique_lock<std::mutex> lock(mutex_);
        for (;;) {
            cv_.wait(lock, [this] { return stop_ || !queue_.empty(); });
            if (queue_.empty()) return;
            {
                std::function<void()> task = std::move(queue_.front());
                queue_.pop();
                --idle_;
                lock.unlock();
                task();
            }
            lock.lock();
            if (!stop_ && queue_.empty() && threads_.size() > least_) {
                auto me = threads_.extract(std::this_thread::get_id());
                finished_.push_back(std::move(me.mapped()));
                return;
            }
            ++idle_;
        }
    }

    const std::size_t least_, most_;
    std::mutex mutex_;
    std::condition_variable cv_;
    std::queue<std::function<void()>> queue_;
    std::size_t idle_ = 0;
    bool stop_ = false;
    std::unordered_map<std::thread::id, std::thread> threads_;
    std::vector<std::thread> finished_;
};

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    ThreadPool pool(options.workers);
    for (int sample = 0; sample < options.samples; ++sample) {
        const std::vector<int> tasks = report.begin_sample();
        std::vector<std::future<void>> futures;
        futures.reserve(tasks.size());
        for (int task : tasks) {
            futures.push_back(pool.submit([task, &options, &report] {
                thread_local ChatConnection connection(options);
                report.begin(task);
                const Outcome outcome = deliver(connection, task, options);
                report.end(task, outcome);
            }));
        }
        for (std::size_t i = 0; i < futures.size(); ++i) {
            try {
                futures[i].get();
            } catch (const std::exception& e) {
                report.end(tasks[i], failure(e));
            }
        }
        report.end_sample();
    }
    return report.finish();
}
