// Wrong    Uses no notifications: a thread that cannot go on checks again every millisecond.
// Caught   waits asleep
// Says     while the queue is empty, consumers sleep for 1 ms and then look again
// Also     every item is taken once
// Also     every producer wakes consumers that wait
// Also     every consumer wakes producers that wait
// Also     joins every thread

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    // Sleeps while the queue is full.
    void put(std::int64_t item) {
        {
            std::unique_lock lock(mutex_);
            while (items_.size() == capacity_) {
                lock.unlock();
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                lock.lock();
            }
            items_.push_back(item);
            peak_ = std::max(peak_, items_.size());
        }
    }

    // Sleeps while the queue is empty. Returns nothing once it is closed and drained.
    std::optional<std::int64_t> take() {
        std::optional<std::int64_t> item;
        {
            std::unique_lock lock(mutex_);
            while (items_.empty() && !closed_) {
                lock.unlock();
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                lock.lock();
            }
            if (items_.empty()) return std::nullopt;
            item = items_.front();
            items_.pop_front();
        }
        return item;
    }

    // No more items will be put: a consumer that waits for one can stop.
    void close() {
        {
            const std::scoped_lock lock(mutex_);
            closed_ = true;
        }
    }

    std::size_t peak() const {
        const std::scoped_lock lock(mutex_);
        return peak_;
    }

  private:
    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::deque<std::int64_t> items_;  // this and what follows: guarded by mutex_
    std::size_t peak_ = 0;
    bool closed_ = false;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");

    BoundedQueue queue(options.capacity);
    std::atomic<std::int64_t> next = 1, consumed = 0, sum = 0;
    {
        std::vector<std::jthread> consumers, producers;
        for (int i = 0; i < options.consumers; ++i) {
            consumers.emplace_back([&queue, &consumed, &sum] {
                while (const std::optional<std::int64_t> item = queue.take()) {
                    ++consumed;
                    sum += *item;
                }
            });
        }
        for (int i = 0; i < options.producers; ++i) {
            producers.emplace_back([&queue, &next, &options] {
                for (std::int64_t item = next++; item <= options.items; item = next++) queue.put(item);
            });
        }
        producers.clear();  // Joins them: all items are in the queue, or taken.
        queue.close();
        // Leaving this block joins the consumers.
    }
    print_line("consumed ", consumed.load(), " items, sum ", sum.load(), ", peak ", queue.peak());
}
