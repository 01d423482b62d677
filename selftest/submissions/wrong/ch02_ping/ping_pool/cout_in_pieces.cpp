// Wrong    Prints a line with several << on cout and no lock.
// Caught   writes every line whole
// Says     wrote "http://127.0.0.1:
// Also     keeps --workers requests in flight, neither more nor fewer
// Also     asks every URL exactly once
// Also     prints the reason phrase of each answer
// Also     joins every thread
// Also     has no memory error

#include <algorithm>
#include <atomic>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    const auto work = [&options, &all_answered, &next] {
        for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
            const Answer answer = ask(options.urls[mine], options.timeout);
            std::cout << options.urls[mine] << ":" << answer.text << std::endl;
            if (!answer.arrived) all_answered = false;
        }
    };
    {
        std::vector<std::jthread> workers;
        const std::size_t wanted = std::min<std::size_t>(options.workers, options.urls.size());
        while (workers.size() < wanted) workers.emplace_back(work);
    }
    return all_answered ? 0 : 1;
}
