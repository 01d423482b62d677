// Right    Main sleeps between checks whether all URLs are done. The workers print with printf.

#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");
    std::atomic<std::size_t> next = 0, done = 0, answered = 0;
    std::vector<std::thread> workers;
    for (int i = 0; i < options.workers; ++i) {
        workers.emplace_back([&] {
            for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
                const Answer answer = ask(options.urls[mine], options.timeout);
                std::printf("%s:%s\n", options.urls[mine].c_str(), answer.text.c_str());
                std::fflush(stdout);
                if (answer.arrived) ++answered;
                ++done;
            }
        });
    }
    while (done < options.urls.size()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    for (std::thread& worker : workers) worker.join();
    return options.complete && answered == options.urls.size() ? 0 : 1;
}
