// Chapter 2: Ping with a thread for each URL
//
// Goal    All URLs are asked at once; each line comes when its answer does.
// Run     ./kit run ping_threads
// Expect  Now: the slow URL comes first and holds up all the others.
//         Done: the fast ones come first; all take as long as the slowest.
// Check   ./kit grade ping_threads
// Read    labs/ch02_ping/README.md, step 2

#include <atomic>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "support/http.hpp"
#include "support/ping_options.hpp"
#include "support/print.hpp"
#include "support/todo.hpp"

// False: no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);  // sleeps until the answer is there
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");

    still_to_do("a thread for each URL (TODO 1 to 3)");  // Delete with the last TODO.

    // TODO 1  All threads may report a failure here, two of them at once too.
    //         What type does it have to be?
    bool all_answered = options.complete;
    for (const std::string& url : options.urls) {
        // TODO 2  Give each URL a thread of its own (std::jthread). Keep the
        //         threads where they live until all have started. If there is
        //         none to be had (std::system_error), print URL:error: WHY: it
        //         counts as a URL without an answer.
        if (!ping(url, options.timeout)) all_answered = false;  // Correct, but one at a time.
    }
    // TODO 3  Look at all_answered only when every thread has ended.
    return all_answered ? 0 : 1;
}
