// Tasks, done by a few threads, the first one first. A task may add others: those that it made possible.
//
//   WorkQueue queue(4);
//   queue.add([&] { ...; queue.add([&] { ... }); });
//   queue.finish();
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <queue>
#include <stop_token>
#include <thread>
#include <vector>

class WorkQueue {
  public:
    using Task = std::function<void()>;

    // Throws std::system_error where the system gives no thread.
    explicit WorkQueue(int workers);
    ~WorkQueue();  // finishes
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;

    // Safe from any thread. The task may not throw. What it refers to lives until the queue has finished.
    void add(Task task);

    // Waits until every task is done, those that were added meanwhile included.
    void finish();

  private:
    void work(const std::stop_token& stop);

    std::mutex critical_;
    std::condition_variable_any news_;
    std::queue<Task> tasks_;
    int busy_ = 0;
    std::vector<std::jthread>
        workers_;  // last: they use all of the above, and are told to stop when they are destroyed
};
