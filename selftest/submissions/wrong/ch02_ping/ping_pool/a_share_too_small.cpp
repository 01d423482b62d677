// Wrong    Gives each worker SIZE / WORKERS URLs. The remainder is never asked.
// Caught   asks every URL exactly once
// Also     keeps --workers requests in flight, neither more nor fewer
// Also     a slow URL holds no other back
// Also     starts its workers once
// Also     prints each line as its answer arrives
// Also     takes URLs from --file too
// Also     tells each failure alone, and exits 1
// Also     joins every thread
// Also     is right in whatever order its threads are moved

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
    const std::size_t share = options.urls.size() / static_cast<std::size_t>(options.workers);
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.workers; ++i) {
        workers.emplace_back([&, begin = static_cast<std::size_t>(i) * share] {
            for (std::size_t mine = begin; mine < begin + share; ++mine) {
                if (!ping(options.urls[mine], options.timeout)) all_answered = false;
            }
        });
    }
    workers.clear();
    return all_answered ? 0 : 1;
}
