// Right    Consumers wait for an item or a stop request. main waits at a latch until all items
//          are put, then requests the stops.

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <latch>
#include <mutex>
#include <queue>
#include <stop_token>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

struct Queue {
    std::mutex mutex;
    std::condition_variable has_room;
    std::condition_variable_any has_items;
    std::queue<std::int64_t> items;
    std::size_t peak = 0;
};

struct Totals {
    std::mutex mutex;
    std::int64_t count = 0, sum = 0;
};

void produce(Queue& queue, const QueueOptions& options, int first, std::latch& all_put) {
    for (std::int64_t item = first; item <= options.items; item += options.producers) {
        std::unique_lock lock(queue.mutex);
        queue.has_room.wait(lock, [&] { return queue.items.size() < options.capacity; });
        queue.items.push(item);
        queue.peak = std::max(queue.peak, queue.items.size());
        lock.unlock();
        queue.has_items.notify_one();
    }
    all_put.count_down();
}

void consume(const std::stop_token& stop, Queue& queue, Totals& totals) {
    while (true) {
        std::unique_lock lock(queue.mutex);
        if (!queue.has_items.wait(lock, stop, [&queue] { return !queue.items.empty(); })) return;
        const std::int64_t item = queue.items.front();
        queue.items.pop();
        lock.unlock();
        queue.has_room.notify_one();
        const std::scoped_lock adding(totals.mutex);
        ++totals.count;
        totals.sum += item;
    }
}

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    Queue queue;
    Totals totals;
    std::latch all_put(options.producers);
    {
        std::vector<std::jthread> producers, consumers;
        for (int i = 0; i < options.consumers; ++i) {
            consumers.emplace_back([&queue, &totals](const std::stop_token& stop) { consume(stop, queue, totals); });
        }
        for (int i = 0; i < options.producers; ++i) {
            producers.emplace_back([&, i] { produce(queue, options, i + 1, all_put); });
        }
        all_put.wait();
        for (std::jthread& consumer : consumers) consumer.request_stop();
    }
    print_line("consumed ", totals.count, " items, sum ", totals.sum, ", peak ", queue.peak);
}
