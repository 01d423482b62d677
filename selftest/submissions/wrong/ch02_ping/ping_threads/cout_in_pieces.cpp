// Wrong    Prints a line with several << on cout and no lock.
// Caught   writes every line whole
// Says     wrote "http://127.0.0.1:
// Also     all URLs are in flight at once
// Also     asks every URL exactly once
// Also     takes URLs from --file too
// Also     joins every thread
// Also     has no memory error

#include <atomic>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");
    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            threads.emplace_back([&url, &options, &all_answered] {
                const Answer answer = ask(url, options.timeout);
                std::cout << url << ":" << answer.text << std::endl;
                if (!answer.arrived) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
