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
#include <thread>
#include <vector>

class WorkQueue {
  public:
    using Task = std::function<void()>;

    explicit WorkQueue(int workers);
    ~WorkQueue();  // finishes
    WorkQueue(const WorkQueue&) = delete;
    WorkQueue& operator=(const WorkQueue&) = delete;

    // Safe from any thread. The task may not throw. What it refers to lives until the queue has finished.
    void add(Task task);

    // Waits until every task is done, those that were added meanwhile included.
    void finish();

  private:
    void work();

    std::mutex critical_;
    std::condition_variable news_;
    std::queue<Task> tasks_;
    int busy_ = 0;
    bool over_ = false;
    std::vector<std::jthread> workers_;  // last: they use all of the above
};
