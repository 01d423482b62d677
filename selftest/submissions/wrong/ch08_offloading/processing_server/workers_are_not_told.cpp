// Wrong    Joins the workers at the end without telling them to stop.
// Caught   ends at SIGTERM, in the middle of work too
// Says     the program hangs
// Also     joins every thread
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     has no memory error

#include <condition_variable>
#include <deque>
#include <mutex>
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
        for (std::thread& worker : workers_) worker.join();
    }
    void submit(Task task) {
        {
            const std::scoped_lock lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        changed_.notify_one();
    }

  private:
    void work() {
        for (;;) {
            Task task;
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [this] { return ends_ || !tasks_.empty(); });
                if (ends_) return;
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            task();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;  // guarded by mutex_
    bool ends_ = false;       // guarded by mutex_
    std::vector<std::thread> workers_;
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    Pool pool(options.workers);
    return serve(options, [&pool](Task task) { pool.submit(std::move(task)); });
}
