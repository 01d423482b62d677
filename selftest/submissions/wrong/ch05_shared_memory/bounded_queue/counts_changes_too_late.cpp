// Wrong    Checks the queue before it reads the count of changes to sleep on: it sleeps through a change in between.
// Caught   is right in whatever order its threads are moved

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

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    void put(std::int64_t item) {
        while (!try_put(item)) changes_.wait(changes_);
        tell();
    }

    // Returns nothing once it is closed and drained.
    std::optional<std::int64_t> take() {
        while (true) {
            {
                const std::scoped_lock lock(mutex_);
                if (!items_.empty()) break;
                if (closed_) return std::nullopt;
            }
            changes_.wait(changes_);
        }
        return taken();
    }

    void close() {
        {
            const std::scoped_lock lock(mutex_);
            closed_ = true;
        }
        tell();
    }

    std::size_t peak() const {
        const std::scoped_lock lock(mutex_);
        return peak_;
    }

  private:
    bool try_put(std::int64_t item) {
        const std::scoped_lock lock(mutex_);
        if (items_.size() >= capacity_) return false;
        items_.push_back(item);
        peak_ = std::max(peak_, items_.size());
        return true;
    }

    std::optional<std::int64_t> taken() {
        std::optional<std::int64_t> item;
        {
            const std::scoped_lock lock(mutex_);
            if (!items_.empty()) {
                item = items_.front();
                items_.pop_front();
            }
        }
        if (!item) return take();
        tell();
        return item;
    }

    void tell() {
        ++changes_;
        changes_.notify_all();
    }

    const std::size_t capacity_;
    mutable std::mutex mutex_;
    std::atomic<unsigned> changes_ = 0;
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
