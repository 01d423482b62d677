// Chapter 5: A bounded queue between producers and consumers
//
// Goal    Producers put the numbers 1 to ITEMS into a queue that holds no more
//         than --capacity at once; consumers take each of them exactly once.
// Run     ./kit run bounded_queue
// Expect  Now: one thread puts and takes in turn, so the peak is 1.
//         Done: as many threads as you ask for, and a peak of up to the
//         capacity.
// Check   ./kit grade bounded_queue
// Read    labs/ch05_shared_memory/README.md, steps 4 to 6

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"
#include "support/todo.hpp"

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

    // TODO 1  Let put sleep while the queue is full, and take while it is
    //         empty: a std::mutex, and a std::condition_variable for each of
    //         the two conditions. Wake the other side after every change.
    void put(std::int64_t item) {
        items_.push_back(item);
        peak_ = std::max(peak_, items_.size());
    }

    // TODO 2  Add close(): no more items will come. From then on, take returns
    //         nothing when the queue is empty. Which threads must close wake?
    std::optional<std::int64_t> take() {
        if (items_.empty()) return std::nullopt;
        const std::int64_t item = items_.front();
        items_.pop_front();
        return item;
    }

    std::size_t peak() const { return peak_; }

  private:
    [[maybe_unused]] const std::size_t capacity_;  // the most that items_ may hold
    std::deque<std::int64_t> items_;
    std::size_t peak_ = 0;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");

    still_to_do("producers, consumers and the sleep between them (TODO 1 to 3)");  // Delete with the last.

    BoundedQueue queue(options.capacity);
    std::int64_t consumed = 0, sum = 0;
    // TODO 3  Start options.producers threads that put the items, each item
    //         once, and options.consumers threads that take until take returns
    //         nothing. Close the queue when all producers are done.
    for (std::int64_t item = 1; item <= options.items; ++item) {
        queue.put(item);
        if (const std::optional<std::int64_t> taken = queue.take()) {
            ++consumed;
            sum += *taken;
        }
    }
    print_line("consumed ", consumed, " items, sum ", sum, ", peak ", queue.peak());
}
