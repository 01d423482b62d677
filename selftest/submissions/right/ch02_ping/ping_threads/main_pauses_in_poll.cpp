// Right    Main checks a counter and sleeps in between, in poll with no descriptors.

#include <poll.h>

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
    std::atomic<std::size_t> done = 0;
    std::vector<std::thread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&url, &options, &all_answered, &done] {
            if (!ping(url, options.timeout)) all_answered = false;
            ++done;
        });
    }
    while (done < options.urls.size()) poll(nullptr, 0, 20);
    for (std::thread& thread : threads) thread.join();
    return all_answered ? 0 : 1;
}
