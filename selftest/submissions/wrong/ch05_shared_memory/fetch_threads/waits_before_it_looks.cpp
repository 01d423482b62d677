// Wrong    Sleeps before it checks: right only if results come one at a time and main is quick.
// Caught   no result is lost while main is busy
// Says     the program hangs
// Also     all workers fetch at once
// Also     main alone prints
// Also     is right in whatever order its threads are moved
// Also     a body of any size arrives whole
// Also     joins every thread
// Also     has no data race
// Also     has no memory error

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
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

// What the workers have done and main has not printed yet.
class Results {
  public:
    void put(Done done) {
        {
            const std::scoped_lock lock(mutex_);
            done_.push_back(std::move(done));
        }
        news_.notify_one();  // main alone waits for it
    }

    // Sleeps until there is a result.
    Done take() {
        std::unique_lock lock(mutex_);
        do news_.wait(lock);
        while (done_.empty());
        Done first = std::move(done_.front());
        done_.pop_front();
        return first;
    }

  private:
    std::mutex mutex_;
    std::condition_variable news_;
    std::deque<Done> done_;  // guarded by mutex_
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");

    Results results;  // before the threads, which use it to their end
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        try {
            workers.emplace_back([&results, &options, i] { results.put({i + 1, result_of(fetch(options.urls[i]))}); });
        } catch (const std::system_error&) {
            results.put({i + 1, {false, "failed: cannot be started"}});
        }
    }

    bool all_well = true;
    for (std::size_t left = options.urls.size(); left > 0; --left) {
        const Done done = results.take();
        print_line("worker ", done.worker, ": ", done.result.text);
        if (!done.result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
