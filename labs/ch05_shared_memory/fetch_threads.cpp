// Chapter 5, task 2A: Fetch by threads that share their results
//
// Goal    As task 1B, with a thread for each URL: the threads hand their
//         results to main through shared memory, and main prints them as
//         they come.
// Run     ./kit run fetch_threads
// Expect  Now: the waits add up.
//         Done: fast workers first; a stuck one holds up no other.
// Check   ./kit grade fetch_threads
// Read    labs/ch05_shared_memory/README.md, steps 1 to 3

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"
#include "support/todo.hpp"

struct Done {
    std::size_t worker;
    Result result;
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a thread for each");

    still_to_do("a thread for each URL, and a place for their results (TODO 1 to 4)");  // Delete last.

    // TODO 1  Above main, write a class Results: what the workers have done
    //         and main has not printed yet (std::deque<Done>), and the
    //         std::mutex that guards it.
    // TODO 2  Give it put(done), which adds one under the lock and notifies a
    //         std::condition_variable, and take(), which sleeps until there
    //         is one and returns it.
    bool all_well = true;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        // TODO 3  Let a thread of its own fetch each URL and put its result.
        //         For now, take it here at once.
        const Result result = result_of(fetch(options.urls[i]));  // Correct, but one at a time.
        // TODO 4  In a second loop, when all threads are started, take and
        //         print as many results as there are URLs, as they come.
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
