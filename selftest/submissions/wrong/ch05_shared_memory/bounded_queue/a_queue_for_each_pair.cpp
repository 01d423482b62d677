// Wrong    Each producer has its own queue, and each queue has the full capacity.
// Caught   the queue never holds more than its capacity
// Also     every producer wakes consumers that wait

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

struct Lane {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::int64_t> items;
    std::size_t peak = 0;
    bool closed = false;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    std::vector<std::unique_ptr<Lane>> lanes;
    for (int i = 0; i < options.producers; ++i) lanes.push_back(std::make_unique<Lane>());
    std::mutex totals;
    std::int64_t count = 0, sum = 0;
    {
        std::vector<std::jthread> crew;
        for (int p = 0; p < options.producers; ++p) {
            crew.emplace_back([&options, &lane = *lanes[static_cast<std::size_t>(p)], p] {
                for (std::int64_t item = p + 1; item <= options.items; item += options.producers) {
                    std::unique_lock lock(lane.mutex);
                    lane.changed.wait(lock, [&] { return lane.items.size() < options.capacity; });
                    lane.items.push_back(item);
                    lane.peak = std::max(lane.peak, lane.items.size());
                    lane.changed.notify_all();
                }
                const std::scoped_lock lock(lane.mutex);
                lane.closed = true;
                lane.changed.notify_all();
            });
        }
        for (int c = 0; c < options.consumers; ++c) {
            crew.emplace_back([&] {
                for (const auto& lane : lanes) {
                    while (true) {
                        std::unique_lock lock(lane->mutex);
                        lane->changed.wait(lock, [&] { return !lane->items.empty() || lane->closed; });
                        if (lane->items.empty()) break;
                        const std::int64_t item = lane->items.front();
                        lane->items.pop_front();
                        lane->changed.notify_all();
                        const std::scoped_lock adding(totals);
                        ++count;
                        sum += item;
                    }
                }
            });
        }
    }
    std::size_t peak = 0;
    for (const auto& lane : lanes) peak = std::max(peak, lane->peak);
    print_line("consumed ", count, " items, sum ", sum, ", peak ", peak);
}
