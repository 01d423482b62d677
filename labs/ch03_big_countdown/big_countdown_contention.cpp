// Chapter 3: Big countdown, under contention
//
// Goal    The same countdown six times. The modes differ in what the threads
//         share.
// Run     ./kit run big_countdown_contention
// Expect  Now: six rows that cost the same; main makes all the steps, alone.
//         Done: some modes cost many times what others do.
// Check   ./kit grade big_countdown_contention
// Read    labs/ch03_big_countdown/README.md, steps 4 to 8

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "support/contention.hpp"
#include "support/decrement.hpp"
#include "support/fair_lock.hpp"
#include "support/print.hpp"
#include "support/todo.hpp"

// As in big_countdown_threads.
std::int64_t share_of(std::int64_t count, int threads, int i) {
    // TODO 1  Bring yours from there.
    (void)threads;
    return i == 0 ? count : 0;
}

// Calls work(i, share) for each thread i and its share of `count`, and returns
// when all of them have returned.
template <class Work>
void share_out(std::int64_t count, int threads, const Work& work) {
    // TODO 2  Let each call run in a thread of its own.
    for (int i = 0; i < threads; ++i) work(i, share_of(count, threads, i));
}

// Each mode returns what was counted: where its counters began, less where
// they ended. It is `count` only if no decrement was lost.
std::int64_t count_private(std::int64_t count, int threads) {
    std::atomic<std::int64_t> counted = 0;  // shared, but each thread adds to it only once
    share_out(count, threads, [&counted](int /*i*/, std::int64_t share) {
        std::int64_t counter = share;  // on this thread's own stack
        while (counter > 0) decrement(counter);
        counted += share - counter;
    });
    return counted;
}

// TODO 3  Give each struct a std::atomic counter. Let a Padded fill a cache
//         line of 64 bytes (alignas); several of the other fit on one.
struct Padded {};
struct Adjacent {};

template <class Counter>
std::int64_t count_in_array(std::int64_t count, int threads) {
    // TODO 4  Make a std::array<Counter, most_threads> that begins where a cache
    //         line does. Thread i counts its share in element i (fetch_sub).
    return count_private(count, threads);
}

std::int64_t count_atomic(std::int64_t count, int threads) {
    // TODO 5  Make one std::atomic for all threads; it begins at `count`.
    return count_private(count, threads);
}

std::int64_t count_mutex(std::int64_t count, int threads) {
    // TODO 6  Make one plain counter for all threads. Lock a std::mutex for each
    //         decrement (std::scoped_lock).
    return count_private(count, threads);
}

std::int64_t count_gil(std::int64_t count, int threads, Duration switch_interval) {
    // TODO 7  Make one plain counter for all threads, and a FairLock. The thread
    //         that has it runs for one switch interval, then gives it up.
    (void)switch_interval;
    return count_private(count, threads);
}

std::int64_t count_down(const std::string& sharing, const ContentionOptions& options, int threads) {
    const std::int64_t count = options.count;
    if (sharing == "padded") return count_in_array<Padded>(count, threads);
    if (sharing == "adjacent") return count_in_array<Adjacent>(count, threads);
    if (sharing == "atomic") return count_atomic(count, threads);
    if (sharing == "mutex") return count_mutex(count, threads);
    if (sharing == "gil") return count_gil(count, threads, options.switch_interval);
    return count_private(count, threads);
}

int main(int argc, char** argv) {
    const ContentionOptions options =
        parse_contention_options(argc, argv, "threads share a countdown, and more or less of their memory");

    still_to_do("threads, and what they share (TODO 1 to 7)");  // Delete with the last TODO.

    try {
        print_contention(options, [&options](const std::string& sharing, int threads) {
            return count_down(sharing, options, threads);
        });
    } catch (const std::system_error& error) {
        // The system refused a thread. Those that did start were joined on the way here.
        print_error("cannot start ", options.threads, " threads: ", error.what());
        return 1;
    }
}
