// Wrong    put holds the lock while it waits for a free place, so no consumer can free one.
// Caught   is right in whatever order its threads are moved
// Also     every item is taken once
// Also     the queue never holds more than its capacity
// Also     every producer wakes consumers that wait
// Also     every consumer wakes producers that wait
// Also     ends when the producers are done
// Also     joins every thread
// Also     has no data race
// Also     has no memory error

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : free_(static_cast<std::ptrdiff_t>(capacity)) {}

    void put(std::int64_t item) {
        const std::scoped_lock lock(mutex_);
        free_.acquire();
        items_.push_back(item);
        if (item != end) peak_ = std::max(peak_, ++held_);
        used_.release();
    }

    std::int64_t take() {
        used_.acquire();
        const std::scoped_lock lock(mutex_);
        const std::int64_t item = items_.front();
        items_.pop_front();
        if (item != end) --held_;
        free_.release();
        return item;
    }

    std::size_t peak() const { return peak_; }

    static constexpr std::int64_t end = 0;

  private:
    std::mutex mutex_;
    std::counting_semaphore<> free_, used_{0};
    std::deque<std::int64_t> items_;
    std::size_t held_ = 0, peak_ = 0;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    BoundedQueue queue(options.capacity);
    std::atomic<std::int64_t> next = 1, consumed = 0, sum = 0;
    std::vector<std::jthread> consumers, producers;
    for (int i = 0; i < options.consumers; ++i) {
        consumers.emplace_back([&] {
            for (std::int64_t item; (item = queue.take()) != BoundedQueue::end; ++consumed) sum += item;
        });
    }
    for (int i = 0; i < options.producers; ++i) {
        producers.emplace_back([&] {
            for (std::int64_t item; (item = next++) <= options.items;) queue.put(item);
        });
    }
    producers.clear();
    for (int i = 0; i < options.consumers; ++i) queue.put(BoundedQueue::end);
    consumers.clear();
    print_line("consumed ", consumed.load(), " items, sum ", sum.load(), ", peak ", queue.peak());
}
