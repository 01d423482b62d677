// Wrong    Has an array for 256 URLs and drops the rest.
// Caught   asks every URL exactly once
// Also     keeps --workers requests in flight, neither more nor fewer

#include <algorithm>
#include <array>
#include <atomic>
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
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    std::array<std::string, 256> list;
    const std::size_t size = std::min(list.size(), options.urls.size());
    std::copy_n(options.urls.begin(), size, list.begin());
    const auto work = [&] {
        for (std::size_t mine = next++; mine < size; mine = next++) {
            if (!ping(list[mine], options.timeout)) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
