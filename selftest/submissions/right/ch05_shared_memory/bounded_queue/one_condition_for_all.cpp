// Right    One condition variable, with notify_all after every change. Consumers count items: the queue needs no close.

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::int64_t> queue;
    std::int64_t put = 0, taken = 0, sum = 0;
    std::size_t peak = 0;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    Shared shared;
    const auto produce = [&shared, &options] {
        std::unique_lock lock(shared.mutex);
        while (true) {
            shared.changed.wait(lock,
                                [&] { return shared.put == options.items || shared.queue.size() < options.capacity; });
            if (shared.put == options.items) return;
            shared.queue.push_back(++shared.put);
            shared.peak = std::max(shared.peak, shared.queue.size());
            shared.changed.notify_all();
        }
    };
    const auto consume = [&shared, &options] {
        std::unique_lock lock(shared.mutex);
        while (true) {
            shared.changed.wait(lock, [&] { return shared.taken == options.items || !shared.queue.empty(); });
            if (shared.taken == options.items) return;
            shared.sum += shared.queue.front();
            shared.queue.pop_front();
            ++shared.taken;
            shared.changed.notify_all();
        }
    };
    {
        std::vector<std::jthread> crew;
        for (int i = 0; i < options.producers; ++i) crew.emplace_back(produce);
        for (int i = 0; i < options.consumers; ++i) crew.emplace_back(consume);
    }
    print_line("consumed ", shared.taken, " items, sum ", shared.sum, ", peak ", shared.peak);
}
