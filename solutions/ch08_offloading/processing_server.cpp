// Chapter 8: The server, several requests at once (solution)
//
// Idea    One thread reads the requests, and others process them. A queue lies
//         between them: submit puts a task in and returns. A worker sleeps
//         until there is a task, and runs it without holding the lock.
// Demo    1. ./kit demo ch08: look at the mode that sends both functions away.
//         2. Call the task inside `next`, where the lock is held. Predict
//            what happens, then grade.
//         3. Let `submit` call the task, as the starter does. Who waits?

#include <condition_variable>
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
    std::mutex mutex_;
    std::condition_variable_any changed_;  // a stop wakes it as well
    std::deque<Task> tasks_;               // guarded by mutex_
    std::vector<std::jthread> workers_;    // last: joined before anything that they use is destroyed

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
