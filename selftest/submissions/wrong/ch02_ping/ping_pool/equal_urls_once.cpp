// Wrong    Skips URLs that it has seen before.
// Caught   asks every URL exactly once
// Says     the program asked for /0 once, and the list has it twice
// Also     takes URLs from --file too

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <unordered_set>
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

void leave_out_repeated(std::vector<std::string>& urls) {
    std::unordered_set<std::string> seen;
    std::erase_if(urls, [&seen](const std::string& url) { return !seen.insert(url).second; });
}

int main(int argc, char** argv) {
    PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    leave_out_repeated(options.urls);
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
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
