// Chapter 2: Ping with a thread for each URL (solution)
//
// Idea    A thread that waits costs hardly anything, so let each URL have one:
//         together they wait as long as the slowest takes, not the sum.
// Demo    1. ./kit run --solution ping_threads: which line comes first, and why?
//         2. Add a URL with ?sleep=3000. Which lines does it hold up?
//         3. Make `all_answered` a plain bool, and grade it. (Two threads may
//            write it at the same time: ThreadSanitizer reports that.)

#include <atomic>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);  // sleeps until the answer is there
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");

    std::atomic<bool> all_answered = options.complete;
    {
        std::vector<std::jthread> threads;
        for (const std::string& url : options.urls) {
            try {
                threads.emplace_back([&url, &options, &all_answered] {
                    if (!ping(url, options.timeout)) all_answered = false;
                });
            } catch (const std::system_error& error) {
                print_line(url, ":error: cannot start a thread: ", error.what());
                all_answered = false;
            }
        }
        // Leaving this block joins every thread; all_answered is final only then.
    }
    return all_answered ? 0 : 1;
}
