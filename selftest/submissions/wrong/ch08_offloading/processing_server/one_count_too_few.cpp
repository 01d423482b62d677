// Wrong    An array has a count per worker, but workers are numbered from 1 and the array starts at 0.
// Caught   has no memory error
// Says     AddressSanitizer: heap-buffer-overflow
// Also     has no data race

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "support/processing_service.hpp"

class Pool {
  public:
    explicit Pool(int size) {
        done_.reset(new long[static_cast<std::size_t>(size)]());
        for (int i = 1; i <= size; ++i) workers_.emplace_back([this, i] { work(i); });
    }
    ~Pool() {
        {
            const std::scoped_lock lock(mutex_);
            ends_ = true;
        }
        changed_.notify_all();
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
    void work(int worker) {
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
            ++done_[worker];
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Task> tasks_;  // guarded by mutex_
    bool ends_ = false;       // guarded by mutex_
    std::unique_ptr<long[]> done_;
    std::vector<std::thread> workers_;
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    Pool pool(options.workers);
    return serve(options, [&pool](Task task) { pool.submit(std::move(task)); });
}
