// Wrong    Keeps the number of workers in 8 bits: 256 becomes 0, so it starts one.
// Caught   keeps --workers requests in flight, neither more nor fewer
// Also     has no memory error

#include <algorithm>
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

std::uint8_t at_least_one(int workers) {
    const auto number = static_cast<std::uint8_t>(workers);
    return number == 0 ? 1 : number;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            if (!ping(options.urls[mine], options.timeout)) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(at_least_one(options.workers), options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
