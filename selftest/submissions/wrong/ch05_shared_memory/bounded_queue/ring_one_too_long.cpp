// Wrong    A ring buffer that wraps around one place too late, past its end.
// Caught   has no memory error
// Says     AddressSanitizer: heap-buffer-overflow
// Also     is right in whatever order its threads are moved
// Also     has no data race

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity), places_(new std::int64_t[capacity]) {}

    void put(std::int64_t item) {
        std::unique_lock lock(mutex_);
        has_room_.wait(lock, [this] { return size_ < capacity_; });
        places_[last_] = item;
        last_ = last_ == capacity_ ? 0 : last_ + 1;
        peak_ = std::max(peak_, ++size_);
        has_items_.notify_one();
    }

    std::optional<std::int64_t> take() {
        std::unique_lock lock(mutex_);
        has_items_.wait(lock, [this] { return size_ > 0 || closed_; });
        if (size_ == 0) return std::nullopt;
        const std::int64_t item = places_[first_];
        first_ = first_ == capacity_ ? 0 : first_ + 1;
        --size_;
        has_room_.notify_one();
        return item;
    }

    void close() {
        const std::scoped_lock lock(mutex_);
        closed_ = true;
        has_items_.notify_all();
    }

    std::size_t peak() const { return peak_; }

  private:
    const std::size_t capacity_;
    const std::unique_ptr<std::int64_t[]> places_;
    std::mutex mutex_;
    std::condition_variable has_room_, has_items_;
    std::size_t first_ = 0, last_ = 0, size_ = 0, peak_ = 0;
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
