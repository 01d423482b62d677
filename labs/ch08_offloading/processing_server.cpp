// Chapter 8: The server, several requests at once
//
// Goal    A fixed number of threads process what clients send. The thread
//         that reads requests and sends replies never waits for them.
// Run     ./kit run processing_server
// Expect  Now: the second request waits until the first is done.
//         Done: --workers 4 of them at once; more wait in a queue.
// Check   ./kit grade processing_server
// Read    labs/ch08_offloading/README.md, steps 2 and 3

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "support/print.hpp"
#include "support/processing_service.hpp"
#include "support/todo.hpp"

class Pool {
    // TODO 1  A queue of tasks, and a mutex that guards it. A function `work`
    //         for each worker: sleep until there is a task or the pool ends
    //         (std::condition_variable_any); take the task; run it *without*
    //         holding the mutex; and again.

  public:
    // TODO 2  Start `size` threads, once. Each of them runs `work`.
    //         Which thread ends them, and when are they joined?
    explicit Pool(int /*size*/) {}

    void submit(Task task) {
        // TODO 3  Put the task into the queue, wake a worker, and return.
        task();  // Correct, but no other client is served meanwhile.
    }
};

int main(int argc, char** argv) {
    const ProcessingServerOptions options = parse_processing_server_options(argc, argv);

    still_to_do("a pool of workers (TODO 1 to 3)");  // Delete with the last TODO.

    Pool pool(options.workers);
    return serve(options, [&pool](Task task) { pool.submit(std::move(task)); });
}
