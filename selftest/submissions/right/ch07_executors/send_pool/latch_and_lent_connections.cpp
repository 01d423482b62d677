// Right    main waits at a latch that each task counts down, and uses no future. Connections belong to no
//          thread: a task borrows a free one.

#include <condition_variable>
#include <deque>
#include <future>
#include <latch>
#include <memory>
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
    explicit ThreadPool(Range<int> workers)
        : ThreadPool(static_cast<std::size_t>(workers.least), static_cast<std::size_t>(workers.most)) {
        const std::scoped_lock lock(mutex_);
        while (running_ < least_) occupy_place();
    }
    ~ThreadPool() { shutdown(); }

    template <class Function>
    std::future<std::invoke_result_t<Function>> submit(Function function) {
        std::packaged_task<std::invoke_result_t<Function>()> task(std::move(function));
        auto result = task.get_future();
        const std::scoped_lock lock(mutex_);
        if (closed_) throw std::runtime_error("no more tasks, please");
        if (todo_.size() + busy_ >= running_ && running_ < most_) occupy_place();
        todo_.emplace_back(std::move(task));
        wake_up_.notify_one();
        return result;
    }

    void shutdown() {
        {
            const std::scoped_lock lock(mutex_);
            closed_ = true;
        }
        wake_up_.notify_all();
        for (Place& place : places_)
            if (place.thread.joinable()) place.thread.join();
    }

  private:
    ThreadPool(std::size_t least, std::size_t most) : least_(least), most_(most), places_(most) {}

    struct Place {
        std::thread thread;
        bool is_taken = false;
    };

    // The caller holds the lock. An earlier thread of the place no longer needs it.
    void occupy_place() {
        for (Place& place : places_) {
            if (place.is_taken) continue;
            if (place.thread.joinable()) place.thread.join();
            place.thread = std::thread([this, &place] { work(place); });
            place.is_taken = true;
            ++running_;
            return;
        }
    }

    void work(Place& place) {
        std::unique_lock lock(mutex_);
        while (true) {
            wake_up_.wait(lock, [this] { return closed_ || !todo_.empty(); });
            if (todo_.empty()) return;  // its place stays taken: no thread follows
            auto task = std::move(todo_.front());
            todo_.pop_front();
            ++busy_;
            lock.unlock();
            task();
            { const auto end_of_it = std::move(task); }
            lock.lock();
            --busy_;
            if (closed_ || !todo_.empty() || running_ <= least_) continue;
            --running_;
            place.is_taken = false;
            return;
        }
    }

    const std::size_t least_, most_;
    std::mutex mutex_;
    std::condition_variable wake_up_;
    std::deque<std::packaged_task<void()>> todo_;
    std::size_t running_ = 0, busy_ = 0;
    bool closed_ = false;
    std::vector<Place> places_;
};

// As many connections as tasks were ever in flight at once.
class Connections {
  public:
    explicit Connections(const SendOptions& options) : options_(options) {}

    std::unique_ptr<ChatConnection> lend() {
        {
            const std::scoped_lock lock(mutex_);
            if (!free_.empty()) {
                auto connection = std::move(free_.back());
                free_.pop_back();
                return connection;
            }
        }
        return std::make_unique<ChatConnection>(options_);
    }
    void take_back(std::unique_ptr<ChatConnection> connection) {
        const std::scoped_lock lock(mutex_);
        free_.push_back(std::move(connection));
    }

  private:
    const SendOptions& options_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<ChatConnection>> free_;
};

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);
    SendReport report(options);
    Connections connections(options);
    ThreadPool pool(options.workers);
    for (int sample = 0; sample < options.samples; ++sample) {
        const auto left = std::make_shared<std::latch>(options.tasks);  // the last task may still be using it
        for (const int task : report.begin_sample()) {
            pool.submit([&options, &report, &connections, left, task] {
                auto connection = connections.lend();
                report.begin(task);
                const Outcome outcome = try_deliver(*connection, task, options);
                connections.take_back(std::move(connection));
                report.end(task, outcome);
                left->count_down();
            });
        }
        left->wait();
        report.end_sample();
    }
    return report.finish();
}
