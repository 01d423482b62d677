// Wrong    Keeps the URLs in a set, so equal URLs are asked once.
// Caught   asks every URL exactly once
// Says     the program asked for /0 once, and the list has it twice
// Also     takes URLs from --file too

#include <atomic>
#include <set>
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
    const std::set<std::string> urls(options.urls.begin(), options.urls.end());
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : urls) {
            threads.emplace_back([&url, &options, &all_answered] {
                if (!ping(url, options.timeout)) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
