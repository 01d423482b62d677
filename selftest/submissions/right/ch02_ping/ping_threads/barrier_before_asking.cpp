// Right    All threads wait at a barrier until the last one arrives, and only then ask.

#include <atomic>
#include <barrier>
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
    std::barrier everybody(static_cast<std::ptrdiff_t>(options.urls.size()));
    std::vector<std::thread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&everybody, &all_answered, &options, &url] {
            everybody.arrive_and_wait();
            if (!ping(url, options.timeout)) all_answered = false;
        });
    }
    for (std::thread& thread : threads) thread.join();
    return all_answered ? 0 : 1;
}
