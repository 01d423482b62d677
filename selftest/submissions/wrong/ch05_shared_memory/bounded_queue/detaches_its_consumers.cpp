// Wrong    Detaches the consumers, and exits when a counter says that all items have been taken.
// Caught   joins every thread
// Says     main ended and left a thread behind

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

struct Shared {
    std::mutex mutex;
    std::condition_variable has_room, has_items, all_taken;
    std::deque<std::int64_t> items;
    std::int64_t count = 0, sum = 0;
    std::size_t peak = 0;
};

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    static Shared shared;  // the consumers outlive main
    for (int i = 0; i < options.consumers; ++i) {
        std::thread([] {
            std::unique_lock lock(shared.mutex);
            while (true) {
                shared.has_items.wait(lock, [] { return !shared.items.empty(); });
                ++shared.count;
                shared.sum += shared.items.front();
                shared.items.pop_front();
                shared.has_room.notify_one();
                shared.all_taken.notify_one();
            }
        }).detach();
    }
    std::vector<std::jthread> producers;
    for (int i = 0; i < options.producers; ++i) {
        producers.emplace_back([&options, i] {
            for (std::int64_t item = i + 1; item <= options.items; item += options.producers) {
                std::unique_lock lock(shared.mutex);
                shared.has_room.wait(lock, [&options] { return shared.items.size() < options.capacity; });
                shared.items.push_back(item);
                shared.peak = std::max(shared.peak, shared.items.size());
                shared.has_items.notify_one();
            }
        });
    }
    producers.clear();
    std::unique_lock lock(shared.mutex);
    shared.all_taken.wait(lock, [&options] { return shared.count == options.items; });
    print_line("consumed ", shared.count, " items, sum ", shared.sum, ", peak ", shared.peak);
    std::quick_exit(0);  // still holding the lock: no consumer touches shared while the program ends
}
