// Chapter 4, task 1B: Fetch by child processes, heard as they come
//
// Goal    As task 1A, but the parent waits for all pipes at once (select):
//         each line comes when its worker is done, whatever the others do.
// Run     ./kit run fetch_select
// Expect  Now: no children; the waits add up.
//         Done: fast workers first; a stuck one holds up no other.
// Check   ./kit grade fetch_select
// Read    labs/ch04_ipc/README.md, steps 5 and 6

#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <utility>
#include <vector>

#include "support/descriptor.hpp"
#include "support/fetch_options.hpp"
#include "support/message.hpp"
#include "support/print.hpp"
#include "support/todo.hpp"

struct Worker {
    pid_t process = -1;
    Descriptor pipe;      // the read end
    std::string message;  // what has come so far
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");

    still_to_do("one wait for all pipes (TODO 1 to 4)");  // Delete with the last TODO.

    // TODO 1  Start a worker for each URL, as in fetch_pipes.
    bool all_well = true;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        // TODO 2  Put a loop around this one that goes on until every worker
        //         has its line: put every open pipe into an fd_set, and sleep
        //         in select. For now fetch here, as below, for each pipe that
        //         is ready, and close it.
        // TODO 3  Instead read one piece from each ready pipe, and no more: a
        //         second read might wait. 0 bytes are its end: close it, and
        //         print its line; result_of(message, 0) makes it for now.
        // TODO 4  A worker whose pipe is at its end is about to end itself:
        //         wait for it (waitpid), and hand its status to result_of.
        const Result result = result_of(fetch(options.urls[i]));  // Correct, but one at a time.
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
