// Wrong    Writes the line with one write and its newline with another.
// Caught   writes every line whole
// Also     all URLs are in flight at once
// Also     asks every URL exactly once
// Also     prints the reason phrase of each answer
// Also     tells each failure alone, and exits 1
// Also     gives up on a URL after --timeout
// Also     joins every thread
// Also     is right in whatever order its threads are moved
// Also     has no data race
// Also     has no memory error

#include <unistd.h>

#include <atomic>
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
                const std::string line = url + ":" + answer.text;
                if (write(STDOUT_FILENO, line.data(), line.size()) < 0) all_answered = false;
                if (write(STDOUT_FILENO, "\n", 1) < 0) all_answered = false;
                if (!answer.arrived) all_answered = false;
            });
        }
    }
    return all_answered ? 0 : 1;
}
