// Wrong    A ring between two semaphores. put claims a place by an atomic load and a separate store: two
//          producers may claim the same one.
// Caught   is right in whatever order its threads are moved

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <semaphore>
#include <system_error>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : ring_(capacity), room_(static_cast<std::ptrdiff_t>(capacity)) {}

    void put(std::int64_t item) {
        room_.acquire();
        const std::size_t held = ++held_;
        for (std::size_t most = peak_; held > most && !peak_.compare_exchange_weak(most, held);) continue;
        const std::size_t place = last_;
        last_ = place + 1;
        ring_[place % ring_.size()] = item;
        items_.release();
    }

    // Returns nothing once it is closed and drained: each consumer gets an end marker.
    std::optional<std::int64_t> take() {
        items_.acquire();
        const std::int64_t place = first_++;
        if (place >= static_cast<std::int64_t>(last_)) return std::nullopt;
        const std::int64_t item = ring_[static_cast<std::size_t>(place) % ring_.size()];
        --held_;
        room_.release();
        return item;
    }

    void close() { items_.release(1'000); }

    std::size_t peak() const { return peak_; }

  private:
    std::vector<std::atomic<std::int64_t>> ring_;
    std::counting_semaphore<> room_, items_{0};
    std::atomic<std::size_t> last_ = 0, held_ = 0, peak_ = 0;
    std::atomic<std::int64_t> first_ = 0;
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
