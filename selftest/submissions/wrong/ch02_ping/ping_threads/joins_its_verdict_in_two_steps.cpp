// Wrong    Reads whether all have answered, combines it with one more answer, and writes it back. A failure that
//          another thread records in between is lost.
// Caught   is right in whatever order its threads are moved
// Says     exit

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
                    const bool arrived = ping(url, options.timeout);
                    all_answered = all_answered && arrived;
                });
            } catch (const std::system_error& error) {
                print_line(url, ":error: no thread to be had: ", error.what());
                all_answered = false;
            }
        }
        // Leaving this block joins every thread; all_answered is final only then.
    }
    return all_answered ? 0 : 1;
}
