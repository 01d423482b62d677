// Wrong    The queue has room for 64 tasks: the 65th overwrites the first.
// Caught   a request that finds all workers busy is answered later
// Says     requests that came while the one worker was at work, a request to /process1 gets no answer

#include <array>
#include <condition_variable>
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
    explicit Pool(int size) {
        for (int i = 0; i < size; ++i) workers_.emplace_back([this](std::stop_token stop) { work(stop); });
    }

    void submit(Task task) {
        {
            const std::scoped_lock lock(mutex_);
            tasks_[last_++ % tasks_.size()] = std::move(task);
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
        if (!changed_.wait(lock, stop, [this] { return first_ != last_; })) return {};
        return std::exchange(tasks_[first_++ % tasks_.size()], [] {});
    }

    std::mutex mutex_;
    std::condition_variable_any changed_;  // a stop wakes it as well
    std::array<Task, 64> tasks_;           // guarded by mutex_
    std::size_t first_ = 0, last_ = 0;     // so are these
    std::vector<std::jthread> workers_;    // last: joined before anything that they use is destroyed
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    try {
        Pool pool(options.workers);
        return serve(options, [&pool](Task task) { pool.submit(std::move(task)); });
    } catch (const std::system_error& error) {
        print_error("the workers could not be started: ", error.what());
        return 1;
    }
}
