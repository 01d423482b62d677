// Chapter 4, task 1A: Fetch by child processes, read pipe after pipe
//
// Goal    Each URL is fetched by a child process, all at once; the parent
//         reads their pipes one after the other, and prints in that order.
// Run     ./kit run fetch_pipes
// Expect  Now: no children; the waits add up.
//         Done: it takes as long as the slowest worker, and the lines come
//         in the order of the URLs.
// Check   ./kit grade fetch_pipes
// Read    labs/ch04_ipc/README.md, steps 2 to 4

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
    Descriptor pipe;  // the read end
};

int main(int argc, char** argv) {
    const FetchOptions options = parse_fetch_options(argc, argv, "fetches URLs, a child process for each");

    still_to_do("a child process and a pipe for each URL (TODO 1 to 5)");  // Delete with the last TODO.

    // TODO 1  Make a pipe and fork a child for each URL, all of them before
    //         anything is read. Keep the child's id and the read end in a
    //         Worker; close the write end in the parent. For now the child
    //         only leaves, with _exit(0).
    // TODO 2  In the child: close what it does not need, and write
    //         message_of(fetch(url)) to its pipe before it leaves. One write
    //         may take less than it was given: write the rest as well.
    bool all_well = true;
    for (std::size_t i = 0; i < options.urls.size(); ++i) {
        // TODO 3  Read the pipe of worker i to its end: one read returns what
        //         is there, and 0 when no process can write any more. For now
        //         result_of(message, 0) makes the line.
        // TODO 4  Then wait for the child (waitpid). Not before: a child that
        //         has filled its pipe waits for its reader.
        // TODO 5  Make the line from both: result_of(message, status).
        const Result result = result_of(fetch(options.urls[i]));  // Correct, but one at a time.
        print_line("worker ", i + 1, ": ", result.text);
        if (!result.ok) all_well = false;
    }
    return all_well ? 0 : 1;
}
