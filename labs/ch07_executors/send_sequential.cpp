// Chapter 7, given: Messages, one after another
//
// Goal    Sends --tasks messages to a chat server, each when the one before it
//         has been acknowledged. Does that --samples times, and measures it.
// Run     ./kit run send_sequential
// Expect  Each task waits for its reply, and all the waits add up. A task that
//         fails costs no other: it is tried again, and in the end reported.
// Read    labs/ch07_executors/README.md, step 1

#include "support/deliver.hpp"
#include "support/send_report.hpp"

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_sequential", "sends messages, one after the other");
    SendReport report(options);
    ChatConnection connection(options);  // one for all of them
    for (int sample = 0; sample < options.samples; ++sample) {
        for (const int task : report.begin_sample()) {
            report.begin(task);
            report.end(task, try_deliver(connection, task, options));  // waits
        }
        report.end_sample();
    }
    return report.finish();
}
