// Wrong    Threads decrement an atomic counter and notify without the lock. Main may have checked the counter but not
//          sleep yet.
// Caught   is right in whatever order its threads are moved
// Says     the program hangs

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> left = options.urls.size();
    std::mutex mutex;
    std::condition_variable done;
    std::vector<std::jthread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&, url] {
            const Answer answer = ask(url, options.timeout);
            print_line(url, ":", answer.text);
            if (!answer.arrived) all_answered = false;
            if (--left == 0) done.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    done.wait(lock, [&left] { return left == 0; });
    lock.unlock();
    for (std::jthread& thread : threads) thread.join();
    return all_answered ? 0 : 1;
}
