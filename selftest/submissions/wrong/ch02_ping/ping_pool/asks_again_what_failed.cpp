// Wrong    Puts a URL that failed back at the end of the list, once.
// Caught   tells each failure alone, and exits 1
// Also     gives up on a URL after --timeout
// Also     is right in whatever order its threads are moved

#include <atomic>
#include <deque>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::mutex mutex;
    std::deque<std::string> urls(options.urls.begin(), options.urls.end());
    std::set<std::string> tried;
    std::atomic<bool> all_answered = options.complete;
    const auto work = [&] {
        for (std::unique_lock lock(mutex); !urls.empty(); lock.lock()) {
            const std::string url = urls.front();
            urls.pop_front();
            lock.unlock();
            const Answer answer = ask(url, options.timeout);
            print_line(url, ":", answer.text);
            if (answer.arrived) continue;
            all_answered = false;
            const std::scoped_lock again(mutex);
            if (tried.insert(url).second) urls.push_back(url);
        }
    };
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) workers.emplace_back(work);
    workers.clear();
    return all_answered ? 0 : 1;
}
