// Wrong    Each thread joins the one before it, then prints.
// Caught   prints each line as its answer arrives
// Also     gives up on a URL after --timeout

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    std::jthread last;
    for (const std::string& url : options.urls) {
        last = std::jthread([&url, &options, &all_answered, before = std::move(last)]() mutable {
            const Answer answer = ask(url, options.timeout);
            if (before.joinable()) before.join();
            print_line(url, ":", answer.text);
            if (!answer.arrived) all_answered = false;
        });
    }
    last.join();
    return all_answered ? 0 : 1;
}
