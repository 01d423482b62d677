// Right    Starts each worker with std::async. The future says whether all URLs of that worker answered.

#include <algorithm>
#include <atomic>
#include <future>
#include <string>
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
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &next] {
        bool all_answered = true;
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++)
            all_answered = ping(options.urls[mine], options.timeout) && all_answered;
        return all_answered;
    };
    std::vector<std::future<bool>> workers;
    for (int i = 0; i < options.workers; ++i) workers.push_back(std::async(std::launch::async, work));
    const auto failed =
        std::count_if(workers.begin(), workers.end(), [](std::future<bool>& worker) { return !worker.get(); });
    return options.complete && failed == 0 ? 0 : 1;
}
