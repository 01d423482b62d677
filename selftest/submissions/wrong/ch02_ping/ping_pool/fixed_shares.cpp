// Wrong    Each worker gets a fixed share of the list and ends when that share is done.
// Caught   a slow URL holds no other back
// Also     prints each line as its answer arrives

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
    const std::size_t size = options.urls.size();
    const auto crew = static_cast<std::size_t>(options.workers);
    std::vector<std::jthread> workers;
    for (std::size_t i = 0; i < crew; ++i) {
        workers.emplace_back([&, begin = i * size / crew, end = (i + 1) * size / crew] {
            for (std::size_t mine = begin; mine < end; ++mine) {
                if (!ping(options.urls[mine], options.timeout)) all_answered = false;
            }
        });
    }
    workers.clear();
    return all_answered ? 0 : 1;
}
