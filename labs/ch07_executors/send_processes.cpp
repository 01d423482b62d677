// Chapter 7, task 2: Worker processes
//
// Goal    --workers processes, started once, get tasks as messages and answer
//         with outcomes. One that dies is replaced, and its task is done again.
// Run     ./kit run send_processes
// Expect  Now: all waits add up.
//         Done: --workers messages in flight. After a kill -9 of one of them no
//         task is lost, and no message is delivered twice.
// Check   ./kit grade send_processes
// Read    labs/ch07_executors/README.md, steps 6 to 8

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/descriptor.hpp"
#include "support/frame.hpp"
#include "support/send_report.hpp"
#include "support/todo.hpp"

struct Task {
    int number;
    int deaths = 0;  // of workers that had it
};

struct Worker {
    pid_t process = -1;
    Descriptor socket;         // closed: the worker has not been started, or has died
    std::optional<Task> task;  // the one that it is busy with
};

class Workers {
  public:
    // TODO 1  Start options.workers.most child processes, each with a
    //         socketpair. A worker reads a frame (frame.hpp) with a task's
    //         number, delivers (try_deliver), and writes a frame with the
    //         outcome (message_of). At the end of its input it exits.
    Workers(const SendOptions& options, SendReport& report) : options_(options), report_(report), here_(options) {}

    // Returns when each task has its outcome.
    void run(const std::vector<int>& tasks) {
        // TODO 2  Give a task to each worker that is free, and report its begin.
        //         Wait (poll) for all of them. Report the outcomes (outcome_in)
        //         as they come.
        // TODO 3  A socket at its end: that worker has died. Reap it. Its task
        //         has failed; the other tasks go on.
        // TODO 4  Replace the dead worker, and do its task again, options.retries
        //         times at most. Each death counts as a retry of that task.
        for (const int task : tasks) {
            report_.begin(task);
            report_.end(task, try_deliver(here_, task, options_));  // Correct, but here.
        }
    }

    // TODO 5  At the end, close the sockets and wait for every worker.

  private:
    const SendOptions& options_;
    SendReport& report_;
    ChatConnection here_;  // Delete it with the loop above: each worker has its own.
};

int main(int argc, char** argv) {
    const SendOptions options = parse_send_options(argc, argv, "send_processes", "sends messages by worker processes");

    still_to_do("processes that take tasks as messages (TODO 1 to 5)");  // Delete with the last TODO.

    std::signal(SIGPIPE, SIG_IGN);  // a worker may die at any time
    SendReport report(options);
    Workers workers(options, report);
    for (int sample = 0; sample < options.samples; ++sample) {
        workers.run(report.begin_sample());
        report.end_sample();
    }
    return report.finish();
}
