// Right    A mutex guards the deque. Each side sleeps on the other side's atomic count of changes.

#include <algorithm>
#include <atomic>
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

    void put(std::int64_t item) {
        while (true) {
            const unsigned seen = takes_.load();  // read before the check: a later take ends the wait
            if (try_put(item)) break;
            takes_.wait(seen);
        }
        ++puts_;
        puts_.notify_all();
    }

    std::optional<std::int64_t> take() {
        while (true) {
            const unsigned seen = puts_.load();
            const bool last_look = closed_.load();  // read before the check, too
            if (const std::optional<std::int64_t> item = try_take()) {
                ++takes_;
                takes_.notify_all();
                return item;
            }
            if (last_look) return std::nullopt;
            puts_.wait(seen);
        }
    }

    void close() {
        closed_ = true;
        ++puts_;
        puts_.notify_all();
    }

    std::size_t peak() const { return peak_; }

  private:
    bool try_put(std::int64_t item) {
        const std::scoped_lock lock(mutex_);
        if (items_.size() == capacity_) return false;
        items_.push_back(item);
        peak_ = std::max(peak_, items_.size());
        return true;
    }

    std::optional<std::int64_t> try_take() {
        const std::scoped_lock lock(mutex_);
        if (items_.empty()) return std::nullopt;
        const std::int64_t item = items_.front();
        items_.pop_front();
        return item;
    }

    const std::size_t capacity_;
    std::mutex mutex_;
    std::deque<std::int64_t> items_;
    std::size_t peak_ = 0;
    std::atomic<unsigned> puts_ = 0, takes_ = 0;
    std::atomic<bool> closed_ = false;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    BoundedQueue queue(options.capacity);
    std::mutex totals;
    std::int64_t count = 0, sum = 0;
    std::atomic<std::int64_t> next = 1;
    std::vector<std::jthread> consumers;
    for (int i = 0; i < options.consumers; ++i) {
        consumers.emplace_back([&] {
            std::int64_t my_count = 0, my_sum = 0;
            while (const auto item = queue.take()) {
                ++my_count;
                my_sum += *item;
            }
            const std::scoped_lock lock(totals);
            count += my_count;
            sum += my_sum;
        });
    }
    {
        std::vector<std::jthread> producers;
        for (int i = 0; i < options.producers; ++i) {
            producers.emplace_back([&] {
                for (std::int64_t item; (item = next.fetch_add(1)) <= options.items;) queue.put(item);
            });
        }
    }
    queue.close();
    consumers.clear();
    print_line("consumed ", count, " items, sum ", sum, ", peak ", queue.peak());
}
