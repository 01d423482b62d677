// Wrong    Looks for --workers itself, and does not understand --workers=4.
// Caught   computes as many at once as it has workers
// Says     --workers=4

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <string>
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

// The number after --workers on the command line.
int workers_in(int argc, char** argv) {
    for (int i = 1; i + 1 < argc; ++i)
        if (argv[i] == std::string("--workers")) return std::stoi(argv[i + 1]);
    return 2;
}

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);
    try {
        Pool pool(workers_in(argc, argv));
        return serve(options, [&pool](Task task) { pool.submit(std::move(task)); });
    } catch (const std::system_error& error) {
        print_error("the workers could not be started: ", error.what());
        return 1;
    }
}
