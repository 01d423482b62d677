#include "grader/judge/work_queue.hpp"

#include <utility>

WorkQueue::WorkQueue(int workers) {
    for (int i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
}

WorkQueue::~WorkQueue() {
    finish();
    {
        const std::scoped_lock lock(critical_);
        over_ = true;
    }
    news_.notify_all();
}

void WorkQueue::add(Task task) {
    {
        const std::scoped_lock lock(critical_);
        tasks_.push(std::move(task));
    }
    news_.notify_all();  // one may be who waits for the end
}

void WorkQueue::finish() {
    std::unique_lock lock(critical_);
    news_.wait(lock, [this] { return tasks_.empty() && busy_ == 0; });
}

void WorkQueue::work() {
    std::unique_lock lock(critical_);
    for (;;) {
        news_.wait(lock, [this] { return over_ || !tasks_.empty(); });
        if (tasks_.empty()) return;
        const Task task = std::move(tasks_.front());
        tasks_.pop();
        ++busy_;
        lock.unlock();
        task();
        lock.lock();
        --busy_;
        if (tasks_.empty() && busy_ == 0) news_.notify_all();
    }
}
