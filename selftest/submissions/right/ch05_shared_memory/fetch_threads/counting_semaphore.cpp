// Right    A counting semaphore counts the results in the list; a mutex guards the list.

#include <list>
#include <mutex>
#include <semaphore>
#include <thread>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::counting_semaphore<> waiting{0};
    std::mutex mutex;
    std::list<std::pair<std::size_t, Result>> results;

    std::vector<std::thread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        workers.emplace_back([&, i] {
            Result result = result_of(fetch(options.urls[i]));
            {
                const std::lock_guard lock(mutex);
                results.emplace_back(i + 1, std::move(result));
            }
            waiting.release();
        });
    }
    bool all_well = true;
    for (std::size_t printed = 0; printed < workers.size(); ++printed) {
        waiting.acquire();
        std::list<std::pair<std::size_t, Result>> one;
        {
            const std::lock_guard lock(mutex);
            one.splice(one.begin(), results, results.begin());
        }
        print_line("worker ", one.front().first, ": ", one.front().second.text);
        all_well = one.front().second.ok && all_well;
    }
    for (std::thread& worker : workers) worker.join();
    return all_well ? 0 : 1;
}
