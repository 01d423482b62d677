// Wrong    Keeps the time-out as nanoseconds in 32 bits: --timeout 1h becomes 0.8 s.
// Caught   gives up on a URL after --timeout

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
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    const Duration timeout(static_cast<std::uint32_t>(options.timeout.count()));
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, timeout, &all_answered] {
                if (!ping(url, timeout)) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
