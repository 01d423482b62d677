// Wrong    Applies --timeout to the whole program, so later URLs have no time left.
// Caught   gives up on a URL after --timeout

#include <algorithm>
#include <atomic>
#include <chrono>
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
    const auto deadline = std::chrono::steady_clock::now() + options.timeout;
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next, deadline] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const std::string& url = options.urls[mine];
            const Duration left = deadline - std::chrono::steady_clock::now();
            if (left <= Duration(0)) print_line(url, ":error: timed out");
            if (left <= Duration(0) || !ping(url, left)) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
