// Wrong    The shared index goes out of scope before the workers are joined.
// Caught   has no memory error

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

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> workers;
        {
            std::atomic<std::size_t> next = 0;
            for (int i = 0; i < options.workers; ++i) {
                workers.emplace_back([&options, &all_answered, &next] {
                    for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
                        if (!ping(options.urls[mine], options.timeout)) all_answered = false;
                    }
                });
            }
        }
    }
    return all_answered ? 0 : 1;
}
