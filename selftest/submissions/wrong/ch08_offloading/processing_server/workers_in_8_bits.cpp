// Wrong    Keeps the number of workers in 8 bits: --workers 256 starts none.
// Caught   answers every one of many requests, to the last digit
// Says     with --workers 256

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "support/print.hpp"
#include "support/processing_service.hpp"

class Pool {
  public:
    explicit Pool(std::uint8_t size) {
        for (int i = 0; i < size; ++i) workers_.emplace_back([this](std::stop_token stop) { work(stop); });
    }

    void submit(Task task) {
        {
            const std::scoped_lock lock(mutex_);
            tasks_.push_back(std::move(task));
        }
        changed_.notify_one();
    }

  private:
    void work(const std::stop_token& stop) {
        while (const Task task = next(stop)) task();
    }

    // Sleeps until there is a task. An empty one: the pool ends.
    Task next(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return !tasks_.empty(); })) return {};
        Task task = std::move(tasks_.front());
        tasks_.pop_front();
        return task;
    }

    std::mutex mutex_;
    std::condition_variable_any changed_;  // a stop wakes it as well
    std::deque<Task> tasks_;               // guarded by mutex_
    std::vector<std::jthread> workers_;    // last: joined before anything that they use is destroyed
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    try {
        Pool pool(static_cast<std::uint8_t>(options.workers));
        return serve(options, [&pool](Task task) { pool.submit(std::move(task)); });
    } catch (const std::system_error& error) {
        print_error("the workers could not be started: ", error.what());
        return 1;
    }
}
