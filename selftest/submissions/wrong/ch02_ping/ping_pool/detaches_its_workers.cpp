// Wrong    Detaches the workers and waits at a latch until they say that they are done.
// Caught   joins every thread
// Says     main

#include <atomic>
#include <latch>
#include <string>
#include <thread>

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
    static std::atomic<bool> all_answered = options.complete;
    static std::atomic<std::size_t> next = 0;
    static std::latch done(options.workers);
    for (int i = 0; i < options.workers; ++i) {
        std::thread([&options] {
            for (std::size_t mine = next++; mine < options.urls.size(); mine = next++) {
                if (!ping(options.urls[mine], options.timeout)) all_answered = false;
            }
            done.count_down();
        }).detach();
    }
    done.wait();
    return all_answered ? 0 : 1;
}
