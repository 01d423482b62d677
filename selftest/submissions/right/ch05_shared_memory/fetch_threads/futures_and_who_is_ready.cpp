// Right    std::async: the results travel in futures, and a queue of indices says which futures are ready.

#include <condition_variable>
#include <future>
#include <iostream>
#include <mutex>
#include <queue>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::mutex mutex;
    std::condition_variable changed;
    std::queue<std::size_t> ready;

    std::vector<std::future<Result>> futures;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        futures.push_back(std::async(std::launch::async, [&, i] {
            const Result result = result_of(fetch(options.urls[i]));
            const std::lock_guard lock(mutex);
            ready.push(i);
            changed.notify_all();
            return result;
        }));
    }
    bool all_well = true;
    for (std::size_t printed = 0; printed < futures.size(); ++printed) {
        std::unique_lock lock(mutex);
        while (ready.empty()) changed.wait(lock);
        const std::size_t i = ready.front();
        ready.pop();
        lock.unlock();
        const Result result = futures[i].get();  // its call has returned, or is about to
        std::cout << "worker " + std::to_string(i + 1) + ": " + result.text + "\n" << std::flush;
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
