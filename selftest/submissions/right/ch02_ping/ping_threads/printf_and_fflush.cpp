// Right    Calls printf once per line, then fflush.

#include <atomic>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<int> failures = options.complete ? 0 : 1;
    std::vector<std::thread> threads;
    for (const std::string& url : options.urls) {
        threads.emplace_back([&url, &options, &failures] {
            const Answer answer = ask(url, options.timeout);
            std::printf("%s:%s\n", url.c_str(), answer.text.c_str());
            std::fflush(stdout);
            if (!answer.arrived) ++failures;
        });
    }
    for (std::thread& thread : threads) thread.join();
    return failures == 0 ? 0 : 1;
}
