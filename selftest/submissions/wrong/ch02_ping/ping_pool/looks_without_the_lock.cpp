// Wrong    Checks without the lock whether a URL is left, then takes it under the lock.
// Caught   has no data race

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::mutex mutex;
    std::atomic<bool> all_answered = options.complete;
    std::size_t next = 0;
    const auto work = [&options, &all_answered, &next, &mutex] {
        while (next < options.urls.size()) {
            std::size_t mine = 0;
            {
                const std::scoped_lock lock(mutex);
                mine = next++;
            }
            if (mine >= options.urls.size()) return;
            if (!ping(options.urls[mine], options.timeout)) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
