// Wrong    Its own lock: a woken thread takes it as if no other thread waited, and then wakes none when it unlocks.
// Caught   is right in whatever order its threads are moved
// Also     every item is taken once
// Also     joins every thread
// Also     has no data race
// Also     has no memory error

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

// After U. Drepper, Futexes Are Tricky: 0 is free, 1 is taken, 2 is taken with threads waiting.
class ForgetfulLock {
  public:
    void lock() {
        int free = 0;
        if (state_.compare_exchange_strong(free, 1)) return;
        do {
            int taken = 1;
            if (state_.compare_exchange_strong(taken, 2) || taken == 2)
                syscall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, 2, nullptr, nullptr, 0);
            free = 0;
        } while (!state_.compare_exchange_strong(free, 1));  // should be 2: others may still be waiting
    }
    void unlock() {
        if (state_.exchange(0) == 2) syscall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
    }

  private:
    std::atomic<int> state_ = 0;
};

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    // Sleeps while the queue is full.
    void put(std::int64_t item) {
        {
            std::unique_lock lock(mutex_);
            has_room_.wait(lock, [this] { return items_.size() < capacity_; });
            items_.push_back(item);
            peak_ = std::max(peak_, items_.size());
        }
        has_items_.notify_one();
    }

    // Sleeps while the queue is empty. Returns nothing once it is closed and drained.
    std::optional<std::int64_t> take() {
        std::optional<std::int64_t> item;
        {
            std::unique_lock lock(mutex_);
            has_items_.wait(lock, [this] { return !items_.empty() || closed_; });
            if (items_.empty()) return std::nullopt;
            item = items_.front();
            items_.pop_front();
        }
        has_room_.notify_one();
        return item;
    }

    // No more items will be put: a consumer that waits for one can stop.
    void close() {
        {
            const std::scoped_lock lock(mutex_);
            closed_ = true;
        }
        has_items_.notify_all();  // every consumer has to hear it
    }

    std::size_t peak() const {
        const std::scoped_lock lock(mutex_);
        return peak_;
    }

  private:
    const std::size_t capacity_;
    mutable ForgetfulLock mutex_;
    std::condition_variable_any has_room_, has_items_;
    std::deque<std::int64_t> items_;  // this and what follows: guarded by mutex_
    std::size_t peak_ = 0;
    bool closed_ = false;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");

    BoundedQueue queue(options.capacity);
    std::atomic<std::int64_t> next = 1, consumed = 0, sum = 0;
    const auto consume = [&queue, &consumed, &sum] {
        while (const std::optional<std::int64_t> item = queue.take()) {
            ++consumed;
            sum += *item;
        }
    };
    const auto produce = [&queue, &next, &options] {
        for (std::int64_t item = next++; item <= options.items; item = next++) queue.put(item);
    };
    bool all_started = true;
    {
        std::vector<std::jthread> consumers, producers;
        try {
            for (int i = 0; i < options.consumers; ++i) consumers.emplace_back(consume);
            for (int i = 0; i < options.producers; ++i) producers.emplace_back(produce);
        } catch (const std::system_error& error) {
            print_error("only ", consumers.size(), " consumers and ", producers.size(),
                        " producers could be started: ", error.what());
            all_started = false;  // the others do all the work
        }
        producers.clear();  // Joins them: all items are in the queue, or taken.
        queue.close();
        // Leaving this block joins the consumers.
    }
    print_line("consumed ", consumed.load(), " items, sum ", sum.load(), ", peak ", queue.peak());
    return all_started ? 0 : 1;
}
