// Wrong    Main waits at a latch and never joins the threads.
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
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    static std::atomic<bool> all_answered = options.complete;
    static std::latch answered(static_cast<std::ptrdiff_t>(options.urls.size()));
    for (const std::string& url : options.urls) {
        std::thread([&url, timeout = options.timeout] {
            if (!ping(url, timeout)) all_answered = false;
            answered.count_down();
        }).detach();
    }
    answered.wait();
    return all_answered ? 0 : 1;
}
