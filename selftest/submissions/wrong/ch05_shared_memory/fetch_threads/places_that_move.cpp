// Wrong    Each thread gets the address of its element in a vector that is still growing.
// Caught   has no memory error
// Says     AddressSanitizer: heap-use-after-free
// Also     all workers fetch at once
// Also     main alone prints
// Also     is right in whatever order its threads are moved
// Also     a body of any size arrives whole
// Also     tells each failure alone, and exits 1
// Also     joins every thread
// Also     has no data race

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Work {
    std::size_t number;
    Result result;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::vector<Work> all;
    std::mutex mutex;
    std::condition_variable news;
    std::deque<Work*> finished;
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        all.push_back({i + 1, {}});
        workers.emplace_back([&, i, mine = &all.back()] {
            mine->result = result_of(fetch(options.urls[i]));
            const std::scoped_lock lock(mutex);
            finished.push_back(mine);
            news.notify_one();
        });
    }
    bool all_well = true;
    for (std::size_t left = workers.size(); left > 0; --left) {
        std::unique_lock lock(mutex);
        news.wait(lock, [&finished] { return !finished.empty(); });
        const Work* const work = finished.front();
        finished.pop_front();
        lock.unlock();
        print_line("worker ", work->number, ": ", work->result.text);
        if (!work->result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
