// Chapter 1: Countdown with threads
//
// Goal    The actors count down together; the program ends when all have.
// Run     ./kit run countdown_threads_v1
// Expect  Now: Alice finishes before Bob begins.
//         Done: their lines interleave, not quite the same on each run.
// Check   ./kit grade countdown_threads_v1
// Read    labs/ch01_countdown/README.md, steps 3 and 4

#include <string>
#include <thread>

#include "support/countdown_options.hpp"
#include "support/print.hpp"
#include "support/todo.hpp"

void count_down(const std::string& name, int from, Duration tick) {
    for (int k = from; k > 0; --k) {
        print_line("Thread ", name, " is counting down: ", k, "...");
        std::this_thread::sleep_for(tick);
    }
    print_line("Thread ", name, " finished counting down");
}

int main(int argc, char** argv) {
    const CountdownOptions options = parse_countdown_options(argc, argv, "actors count down, a thread for each");

    still_to_do("a thread for each actor (TODO 1 to 3)");  // Delete with the last TODO.

    // TODO 1  Keep the threads in a container that outlives this loop:
    //         a std::vector<std::jthread>.
    for (const std::string& name : options.names) {
        // TODO 2  Start a thread that makes this call. Write out what its
        //         lambda captures: that list says what the thread shares.
        count_down(name, options.from, options.tick);  // Correct, but one actor at a time.
    }
    // TODO 3  Return only when every actor has finished, also where the system
    //         had no thread for one (std::system_error): then say so, return 1.
    //         Hint: a jthread joins in its destructor. When does that run?
}
