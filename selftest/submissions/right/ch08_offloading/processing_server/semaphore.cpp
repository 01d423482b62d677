// Right    A counting semaphore counts the tasks; a mutex guards each access to the queue.

#include <atomic>
#include <deque>
#include <mutex>
#include <semaphore>
#include <thread>
#include <utility>
#include <vector>

#include "support/processing_service.hpp"

class Pool {
  public:
    explicit Pool(int size) {
        for (int i = 0; i < size; ++i) workers_.emplace_back([this] { work(); });
    }
    ~Pool() {
        ends_ = true;
        tasks_there_.release(static_cast<std::ptrdiff_t>(workers_.size()));
        for (std::thread& worker : workers_) worker.join();
    }
    void submit(Task task) {
        {
            const std::scoped_lock lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        tasks_there_.release();
    }

  private:
    void work() {
        for (;;) {
            tasks_there_.acquire();
            if (ends_) return;
            Task task;
            {
                const std::scoped_lock lock(mutex_);
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            task();
        }
    }

    std::mutex mutex_;
    std::counting_semaphore<> tasks_there_{0};
    std::atomic<bool> ends_ = false;
    std::deque<Task> tasks_;  // guarded by mutex_
    std::vector<std::thread> workers_;
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    Pool pool(options.workers);
    return serve(options, [&pool](Task task) { pool.submit(std::move(task)); });
}
