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

// Returns false where no HTTP answer came.
bool ping(const std::string& url, Duration timeout) {
    const Answer answer = ask(url, timeout);  // sleeps until the answer is there
    print_line(url, ":", answer.text);
    return answer.arrived;
}

int main(int argc, char** argv) {
    const PingOptions options = parse_ping_options(argc, argv, "asks URLs, a thread for each");

    still_to_do("a thread for each URL (TODO 1 to 3)");  // Delete with the last TODO.

    // TODO 1  Any thread may report a failure here, and two may do so at the
    //         same moment. Which type allows that?
    bool all_answered = options.complete;
    for (const std::string& url : options.urls) {
        // TODO 2  Give each URL a thread of its own (std::jthread). Keep the
        //         threads in a container that outlives this loop. Where the
        //         system has no more threads (std::system_error), print
        //         URL:error: WHY: this URL counts as one without an answer.
        if (!ping(url, options.timeout)) all_answered = false;  // Correct, but one at a time.
    }
    // TODO 3  Look at all_answered only after every thread has ended.
    return all_answered ? 0 : 1;
}
