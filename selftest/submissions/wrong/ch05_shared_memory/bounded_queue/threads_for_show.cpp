// Wrong    The threads that it starts do nothing; main computes the expected result.
// Caught   producers run ahead until the queue is full
// Also     every item is taken once
// Also     the queue never holds more than its capacity
// Also     every producer wakes consumers that wait
// Also     every consumer wakes producers that wait
// Also     is right in whatever order its threads are moved
// Also     ends when the producers are done
// Also     peak tells the most items at once
// Also     waits asleep

#include <algorithm>
#include <cstdint>
#include <thread>
#include <vector>

#include "support/print.hpp"
#include "support/queue_options.hpp"

int main(int argc, char** argv) {
    const QueueOptions options = parse_queue_options(argc, argv, "producers and consumers share a bounded queue");
    std::vector<std::jthread> for_show;
    for (int i = 0; i < options.producers + options.consumers; ++i) for_show.emplace_back([] {});
    for_show.clear();
    const std::int64_t n = options.items;
    const std::int64_t peak = std::min<std::int64_t>(n, static_cast<std::int64_t>(options.capacity));
    print_line("consumed ", n, " items, sum ", n % 2 == 0 ? n / 2 * (n + 1) : (n + 1) / 2 * n, ", peak ", peak);
}
