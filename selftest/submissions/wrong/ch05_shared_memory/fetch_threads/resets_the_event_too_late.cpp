// Wrong    main takes all results and resets the event afterwards: an event that a worker sets in between is lost.
// Caught   is right in whatever order its threads are moved
// Says     the program hangs

#include <atomic>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

struct Done {
    std::size_t worker;
    Result result;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::mutex mutex;
    std::deque<Done> done;           // guarded by mutex
    std::atomic<bool> news = false;  // there are results in `done`
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        workers.emplace_back([&, i] {
            Done mine{i + 1, result_of(fetch(options.urls[i]))};
            {
                const std::scoped_lock lock(mutex);
                done.push_back(std::move(mine));
            }
            news = true;
            news.notify_one();
        });
    }
    bool all_well = true;
    for (std::size_t left = options.urls.size(); left > 0;) {
        news.wait(false);
        std::deque<Done> taken;
        {
            const std::scoped_lock lock(mutex);
            taken.swap(done);
        }
        news = false;
        for (const Done& one : taken) {
            print_line("worker ", one.worker, ": ", one.result.text);
            all_well = all_well && one.result.ok;
            --left;
        }
    }
    return all_well ? 0 : 1;
}
