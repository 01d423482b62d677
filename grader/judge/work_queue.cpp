#include "grader/judge/work_queue.hpp"

#include <utility>

WorkQueue::WorkQueue(int workers) {
    for (int i = 0; i < workers; ++i) workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

WorkQueue::~WorkQueue() {
    finish();
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

void WorkQueue::work(const std::stop_token& stop) {
    std::unique_lock lock(critical_);
    while (news_.wait(lock, stop, [this] { return !tasks_.empty(); })) {
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
