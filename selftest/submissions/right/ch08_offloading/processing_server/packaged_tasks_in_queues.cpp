// Right    One queue per worker, filled in turn with packaged tasks; an idle worker takes tasks from the others.

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "support/processing_service.hpp"

class Pool {
  public:
    explicit Pool(std::size_t size) : queues_(size) {
        for (std::size_t own = 0; own < size; ++own)
            workers_.emplace_back([this, own](std::stop_token stop) {
                for (std::packaged_task<void()> task = take(own, stop); task.valid(); task = take(own, stop)) task();
            });
    }
    void submit(Task task) {
        const std::scoped_lock lock(mutex_);
        queues_[next_++ % queues_.size()].emplace_back(std::move(task));
        changed_.notify_all();
    }

  private:
    std::packaged_task<void()> take(std::size_t own, const std::stop_token& stop) {
        std::packaged_task<void()> task;
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [&] {
            for (std::size_t i = 0; i < queues_.size() && !task.valid(); ++i) {
                std::deque<std::packaged_task<void()>>& queue = queues_[(own + i) % queues_.size()];
                if (queue.empty()) continue;
                task = std::move(queue.front());
                queue.pop_front();
            }
            return task.valid();
        });
        return task;
    }

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<std::deque<std::packaged_task<void()>>> queues_;  // guarded by mutex_
    std::size_t next_ = 0;
    std::vector<std::jthread> workers_;
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    Pool pool(static_cast<std::size_t>(options.workers));
    return serve(options, [&pool](Task task) { pool.submit(std::move(task)); });
}
