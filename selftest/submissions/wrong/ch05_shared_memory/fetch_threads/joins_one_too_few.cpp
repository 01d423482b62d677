// Wrong    Uses std::thread, and its loop of joins begins with the second thread.
// Caught   joins every thread
// Also     has no data race

#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");
    std::mutex mutex;
    std::condition_variable news;
    std::deque<std::pair<std::size_t, Result>> results;
    auto& threads = *new std::vector<std::thread>;  // never destroyed: destroying a joinable thread ends the program
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        threads.emplace_back([&, i] {
            Result result = result_of(fetch(options.urls[i]));
            const std::scoped_lock lock(mutex);
            results.emplace_back(i + 1, std::move(result));
            news.notify_one();
        });
    }
    bool all_well = true;
    for (std::size_t left = threads.size(); left > 0; --left) {
        std::unique_lock lock(mutex);
        news.wait(lock, [&results] { return !results.empty(); });
        const auto [worker, result] = results.front();
        results.pop_front();
        lock.unlock();
        print_line("worker ", worker, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    for (std::size_t i = 1; i < threads.size(); ++i) threads[i].join();
    return all_well ? 0 : 1;
}
