// Right    POSIX semaphores. An end marker takes no room in the queue: it is a post without an item.

#include <semaphore.h>

#include <cerrno>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

class Semaphore {
  public:
    explicit Semaphore(std::size_t count) { sem_init(&semaphore_, 0, static_cast<unsigned>(count)); }
    ~Semaphore() { sem_destroy(&semaphore_); }
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;
    void up() { sem_post(&semaphore_); }
    void down() {
        while (sem_wait(&semaphore_) != 0 && errno == EINTR) {
        }
    }

  private:
    sem_t semaphore_;
};

class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : free_(capacity), used_(0) {}

    void put(std::int64_t item) {
        free_.down();
        {
            const std::scoped_lock lock(mutex_);
            items_.push_back(item);
            if (items_.size() > peak_) peak_ = items_.size();
        }
        used_.up();
    }

    std::optional<std::int64_t> take() {
        used_.down();
        std::optional<std::int64_t> item;
        {
            const std::scoped_lock lock(mutex_);
            if (items_.empty()) return std::nullopt;
            item = items_.front();
            items_.pop_front();
        }
        free_.up();
        return item;
    }

    void close(int consumers) {
        while (consumers-- > 0) used_.up();
    }

    std::size_t peak() const { return peak_; }

  private:
    Semaphore free_, used_;
    std::mutex mutex_;
    std::deque<std::int64_t> items_;
    std::size_t peak_ = 0;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    BoundedQueue queue(options.capacity);
    struct Total {
        std::int64_t count = 0, sum = 0;
    };
    std::vector<Total> totals(static_cast<std::size_t>(options.consumers));
    std::vector<std::thread> producers, consumers;
    for (Total& total : totals) {
        consumers.emplace_back([&queue, &total] {
            while (const auto item = queue.take()) {
                ++total.count;
                total.sum += *item;
            }
        });
    }
    std::mutex dispenser;
    std::int64_t next = 0;
    for (int i = 0; i < options.producers; ++i) {
        producers.emplace_back([&] {
            while (true) {
                std::unique_lock lock(dispenser);
                if (next == options.items) return;
                const std::int64_t item = ++next;
                lock.unlock();
                queue.put(item);
            }
        });
    }
    for (std::thread& producer : producers) producer.join();
    queue.close(options.consumers);
    for (std::thread& consumer : consumers) consumer.join();
    Total all;
    for (const Total& total : totals) all = {all.count + total.count, all.sum + total.sum};
    print_line("consumed ", all.count, " items, sum ", all.sum, ", peak ", queue.peak());
}
