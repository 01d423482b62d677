// Wrong    A function starts a thread that borrows its argument, then returns.
// Caught   has no memory error

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

std::jthread start(const std::string& url, Duration timeout, std::atomic<bool>& all_answered) {
    return std::jthread([&url, &timeout, &all_answered] {
        if (!ping(url, timeout)) all_answered = false;
    });
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) threads.push_back(start(url, options.timeout, all_answered));
    }
    return all_answered ? 0 : 1;
}
