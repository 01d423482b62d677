// Chapter 7, task 1: A thread pool
//
// Goal    Threads that are started once take tasks out of a queue. What a task
//         returns or throws reaches the thread that submitted it, in a future.
// Run     ./kit run send_pool
// Expect  Now: all waits add up.
//         Done: --workers messages in flight, over as many connections, which are
//         kept. With --workers 1..8, no more threads than there is work for.
// Check   ./kit grade send_pool
// Read    labs/ch07_executors/README.md, steps 2 to 5

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/deliver.hpp"
#include "support/send_report.hpp"
#include "support/todo.hpp"

class ThreadPool {
    // TODO 1  Write what a worker does. It takes a task out of a queue
    //         (std::deque<std::packaged_task<void()>>) and runs it without the
    //         lock. It sleeps while the queue is empty, and ends when the pool
    //         is closed and the queue is empty.

  public:
    // TODO 2  Start workers.least workers, once. shutdown closes the pool, wakes
    //         all workers, and joins them. Let the destructor call it, too.
    explicit ThreadPool(Range<int> /*workers*/) {}
    void shutdown() {}

    // TODO 3  Put the task into the queue, wake a worker, and return at once.
    //         If the pool is closed, throw std::runtime_error.
    template <class Function>
    std::future<std::invoke_result_t<Function>> submit(Function function) {
        std::packaged_task<std::invoke_result_t<Function>()> task(std::move(function));
        auto result = task.get_future();
        task();  // Correct, but here and now.
        return result;
    }

    // TODO 4  --workers MIN..MAX: submit starts one more worker when none is
    //         free, up to workers.most. A worker that finds no task leaves if
    //         there are more than workers.least. Which thread joins it?
};

// What a worker does for a task. Its connection is kept for the next one.
void send(int task, const SendOptions& options, SendReport& report) {
    thread_local ChatConnection connection(options);
    report.begin(task);
    report.end(task, deliver(connection, task, options));
}

int main(int argc, char** argv) {
    const SendOptions options =
        parse_send_options(argc, argv, "send_pool", "sends messages by a pool of threads", WorkerCount::range);

    still_to_do("threads that take tasks out of a queue (TODO 1 to 5)");  // Delete with the last TODO.

    SendReport report(options);
    ThreadPool pool(options.workers);  // after what its tasks use
    for (int sample = 0; sample < options.samples; ++sample) {
        std::vector<std::pair<int, std::future<void>>> sent;
        for (const int task : report.begin_sample())
            sent.emplace_back(task, pool.submit([&options, &report, task] { send(task, options, report); }));
        // TODO 5  get throws what the task threw. Report that (failure, in
        //         support/outcome.hpp), and go on with the other tasks.
        for (auto& [task, result] : sent) result.get();
        report.end_sample();
    }
    return report.finish();
}
