// Right    Two counting semaphores, one for free places and one for items, and one end marker per consumer.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <iostream>
#include <mutex>
#include <queue>
#include <semaphore>
#include <thread>
#include <vector>

#include "support/queue_options.hpp"

class Channel {
  public:
    explicit Channel(std::size_t capacity) : places_(static_cast<std::ptrdiff_t>(capacity)) {}

    void send(std::int64_t item) {
        places_.acquire();
        {
            const std::lock_guard lock(mutex_);
            queue_.push(item);
            if (item != end) peak_ = std::max(peak_, ++held_);
        }
        items_.release();
    }

    std::int64_t receive() {
        items_.acquire();
        std::int64_t item;
        {
            const std::lock_guard lock(mutex_);
            item = queue_.front();
            queue_.pop();
            if (item != end) --held_;
        }
        places_.release();
        return item;
    }

    std::size_t peak() const { return peak_; }

    static constexpr std::int64_t end = 0;

  private:
    std::counting_semaphore<> places_, items_{0};
    std::mutex mutex_;
    std::queue<std::int64_t> queue_;
    std::size_t held_ = 0, peak_ = 0;  // not counting markers
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    Channel channel(options.capacity);
    std::atomic<std::int64_t> count = 0, sum = 0;
    std::vector<std::thread> producers, consumers;
    for (int p = 0; p < options.producers; ++p) {
        producers.emplace_back([&, p] {
            for (std::int64_t item = p + 1; item <= options.items; item += options.producers) channel.send(item);
        });
    }
    for (int c = 0; c < options.consumers; ++c) {
        consumers.emplace_back([&] {
            for (std::int64_t item; (item = channel.receive()) != Channel::end; ++count) sum += item;
        });
    }
    for (std::thread& producer : producers) producer.join();
    for (int c = 0; c < options.consumers; ++c) channel.send(Channel::end);
    for (std::thread& consumer : consumers) consumer.join();
    std::cout << "consumed " << count << " items, sum " << sum << ", peak " << channel.peak() << std::endl;
}
