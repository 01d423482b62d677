// Chapter 2: Ping with a pool of workers
//
// Goal    A fixed number of threads share the list of URLs: a worker that is
//         free takes the next one.
// Run     ./kit run ping_pool --workers 2
// Expect  Now: one URL after the other, whatever --workers says.
//         Done: --workers requests are in flight at once, and never more.
// Check   ./kit grade ping_pool
// Read    labs/ch02_ping/README.md, steps 3 and 4

#include <algorithm>
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
    const PingOptions options = parse_ping_pool_options(argc, argv, "asks URLs, shared by a few threads");

    still_to_do("a pool of workers (TODO 1 to 3)");  // Delete with the last TODO.

    // TODO 1  All workers will share one index: the next URL that no worker has
    //         taken yet. Taking it has to be one step, or two workers take the
    //         same URL (std::atomic, or a mutex). What about all_answered?
    bool all_answered = options.complete;
    std::size_t next = 0;

    // TODO 2  Make this loop what one worker does: take a URL, ask it, and come
    //         back for another until none is left. Let main do it once.
    while (next < options.urls.size()) {
        const std::string& url = options.urls[next++];
        if (!ping(url, options.timeout)) all_answered = false;
    }
    // TODO 3  Start options.workers threads that do this instead of main, but
    //         no more threads than URLs. Start them once; join them at the end.
    return all_answered ? 0 : 1;
}
