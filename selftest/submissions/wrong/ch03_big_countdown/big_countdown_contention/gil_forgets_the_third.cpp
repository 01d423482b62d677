// Wrong    In gil, its own lock: a woken thread marks it as having no waiters, so its unlock wakes no other thread.
// Caught   gil: one lock, held while running
// Also     is right in whatever order its threads are moved
// Also     gil: every thread gets its turns

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

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

std::int64_t share_of(std::int64_t count, int threads, int i) {
    return count / threads + (i < count % threads ? 1 : 0);
}

// Calls work(i, share) for each thread i and its share of `count`, and returns
// when all of them have returned.
template <class Work>
void share_out(std::int64_t count, int threads, const Work& work) {
    std::vector<std::jthread> crew;
    for (int i = 0; i < threads; ++i) {
        crew.emplace_back([&work, i, share = share_of(count, threads, i)] { work(i, share); });
    }
}

std::int64_t count_private(std::int64_t count, int threads) {
    std::atomic<std::int64_t> counted = 0;  // shared, but each thread adds to it only once
    share_out(count, threads, [&counted](int /*i*/, std::int64_t share) {
        std::int64_t counter = share;  // on this thread's own stack
        while (counter > 0) decrement(counter);
        counted += share - counter;
    });
    return counted;
}

constexpr std::size_t cache_line = 64;  // bytes, on most machines: what cores pass to each other

// Atomic, although only one thread uses it. A core may keep plain writes until it has the line, and
// then make many at once: that hides what the line's journeys cost, more or less, on each machine.
struct alignas(cache_line) Padded {  // one to a cache line
    std::atomic<std::int64_t> left = 0;
};
struct Adjacent {  // eight to a cache line
    std::atomic<std::int64_t> left = 0;
};

template <class Counter>
std::int64_t count_in_array(std::int64_t count, int threads) {
    alignas(cache_line) std::array<Counter, most_threads> counters;
    std::atomic<std::int64_t> counted = 0;
    share_out(count, threads, [&counters, &counted](int i, std::int64_t share) {
        std::atomic<std::int64_t>& counter = counters[i].left;  // no other thread's, in either mode
        counter = share;
        for (std::int64_t k = share; k > 0; --k) counter.fetch_sub(1);
        counted += share - counter;
    });
    return counted;
}

std::int64_t count_atomic(std::int64_t count, int threads) {
    std::atomic<std::int64_t> counter = count;
    share_out(count, threads, [&counter](int /*i*/, std::int64_t share) {
        for (std::int64_t k = share; k > 0; --k) counter.fetch_sub(1);
    });
    return count - counter;
}

std::int64_t count_mutex(std::int64_t count, int threads) {
    std::mutex mutex;
    std::int64_t counter = count;
    share_out(count, threads, [&mutex, &counter](int /*i*/, std::int64_t share) {
        for (std::int64_t k = share; k > 0; --k) {
            const std::scoped_lock lock(mutex);
            decrement(counter);
        }
    });
    return count - counter;
}

// After U. Drepper, Futexes Are Tricky: 0 is free, 1 is taken, 2 is taken with threads waiting.
class ForgetfulLock {
  public:
    void lock() {
        int free = 0;
        if (state_.compare_exchange_strong(free, 1)) return;
        do {
            int taken = 1;
            if (state_.compare_exchange_strong(taken, 2) || taken == 2)
                syscall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, 2, nullptr, nullptr, 0);
            free = 0;
        } while (!state_.compare_exchange_strong(free, 1));  // 2, it ought to be: others may wait still
    }
    void unlock() {
        if (state_.exchange(0) == 2) syscall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
    }

  private:
    std::atomic<int> state_ = 0;
};

std::int64_t count_gil(std::int64_t count, int threads, Duration switch_interval) {
    using Clock = std::chrono::steady_clock;
    ForgetfulLock gil;
    std::int64_t counter = count;  // used only with the lock held
    share_out(count, threads, [&](int /*i*/, std::int64_t left) {
        while (left > 0) {
            const std::scoped_lock turn(gil);
            const Clock::time_point end = Clock::now() + switch_interval;
            do {
                // Asking the clock costs as much as dozens of decrements: ask seldom.
                for (int k = 0; k < 1000 && left > 0; ++k, --left) decrement(counter);
            } while (left > 0 && Clock::now() < end);
        }  // The turn ends: the thread that has waited longest is next, and this one is last.
    });
    return count - counter;
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
