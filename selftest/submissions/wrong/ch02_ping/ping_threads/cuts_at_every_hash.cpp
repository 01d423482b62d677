// Wrong    Treats everything after a # as a comment, even inside a URL.
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
    PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (std::string& url : options.urls) {
            url.resize(std::min(url.find('#'), url.size()));
            threads.emplace_back([&url, &options, &all_answered] {
                if (!ping(url, options.timeout)) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
