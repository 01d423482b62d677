// Chapter 1: Countdown with processes
//
// Goal    Every actor counts down in a child process; the parent waits for all.
// Run     ./kit run countdown_processes
// Expect  Now: Alice finishes before Bob begins.
//         Done: their lines interleave; no child is left behind.
// Check   ./kit grade countdown_processes
// Read    labs/ch01_countdown/README.md, steps 2 and 8

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "support/child_status.hpp"
#include "support/countdown_options.hpp"
#include "support/print.hpp"
#include "support/todo.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k > 0; --k) {
        print_line("Process ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Process ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options = parse_countdown_options(argc, argv, "actors count down, a child process for each");

    still_to_do("a child process for each actor (TODO 1 to 3)");  // Delete with the last TODO.

    for (const std::string& name : options.names) {
        // TODO 1  Fork a child for this actor. Only the child counts down; then
        //         it leaves with _exit(0), or it would run on into this loop.
        //         The parent keeps the child's process id. A negative id is no
        //         child: say so on stderr, and go on.
        count_down(name, options.from, options.tick);  // Correct, but one actor at a time.
    }
    // TODO 2  Wait for every child by its id (waitpid). A signal may interrupt
    //         the call (EINTR): then wait again.
    // TODO 3  Return 1 if a child could not be started or did not end well
    //         (ended_well, in support/child_status.hpp, reads its status).
}
