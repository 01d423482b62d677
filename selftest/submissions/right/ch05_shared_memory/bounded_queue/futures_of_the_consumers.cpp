// Right    Every producer and consumer is a std::async call. A consumer's future holds the items that it took; the last
//          producer to finish closes the queue; take records the peak.

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <future>
#include <list>
#include <mutex>
#include <numeric>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : room_(capacity) {}

    void put(std::int64_t item) {
        std::list<std::int64_t> one{item};  // allocated outside the lock
        std::unique_lock lock(mutex_);
        while (room_ == 0) has_room_.wait(lock);
        --room_;
        items_.splice(items_.end(), one);
        has_items_.notify_one();
    }

    bool take(std::int64_t& item) {
        std::unique_lock lock(mutex_);
        while (items_.empty() && !closed_) has_items_.wait(lock);
        if (items_.empty()) return false;
        peak_ = std::max(peak_, items_.size());  // it was never longer since the last take
        item = items_.front();
        items_.pop_front();
        ++room_;
        lock.unlock();
        has_room_.notify_one();
        return true;
    }

    void close() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        has_items_.notify_all();
    }

    std::size_t peak() const { return peak_; }

  private:
    std::mutex mutex_;
    std::condition_variable has_room_, has_items_;
    std::list<std::int64_t> items_;
    std::size_t room_, peak_ = 0;
    bool closed_ = false;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    BoundedQueue queue(options.capacity);
    std::atomic<int> at_work = options.producers;
    std::vector<std::future<void>> producers;
    for (int p = 0; p < options.producers; ++p) {
        producers.push_back(std::async(std::launch::async, [&queue, &at_work, &options, p] {
            for (std::int64_t item = options.items - p; item > 0; item -= options.producers) queue.put(item);
            if (--at_work == 0) queue.close();
        }));
    }
    std::vector<std::future<std::vector<std::int64_t>>> consumers;
    for (int c = 0; c < options.consumers; ++c) {
        consumers.push_back(std::async(std::launch::async, [&queue] {
            std::vector<std::int64_t> mine;
            for (std::int64_t item; queue.take(item);) mine.push_back(item);
            return mine;
        }));
    }
    for (auto& producer : producers) producer.get();
    std::int64_t count = 0, sum = 0;
    for (auto& consumer : consumers) {
        const std::vector<std::int64_t> taken = consumer.get();
        count += static_cast<std::int64_t>(taken.size());
        sum = std::accumulate(taken.begin(), taken.end(), sum);
    }
    print_line("consumed ", count, " items, sum ", sum, ", peak ", queue.peak());
}
