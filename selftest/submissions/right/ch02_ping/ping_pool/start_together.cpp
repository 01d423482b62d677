// Right    All workers wait at a barrier until the last one arrives.

#include <algorithm>
#include <atomic>
#include <barrier>
#include <iostream>
#include <string>
#include <syncstream>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    std::atomic<std::size_t> next = 0;
    std::barrier everybody(options.workers);
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) {
        workers.emplace_back([&] {
            everybody.arrive_and_wait();
            for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
                const std::string& url = options.urls[mine];
                const Answer answer = ask(url, options.timeout);
                std::osyncstream(std::cout) << url << ':' << answer.text << '\n' << std::flush;
                if (!answer.arrived) all_answered = false;
            }
        });
    }
    workers.clear();
    return all_answered ? 0 : 1;
}
