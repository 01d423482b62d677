// Wrong    If --file cannot be read, it ends at once without asking any URL.
// Caught   takes URLs from --file too

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
    if (!options.complete) return 1;
    std::atomic<bool> all_answered = true;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered] {
                if (!ping(url, options.timeout)) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
