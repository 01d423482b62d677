// Right    The GIL has timed waits and a request to drop it. All threads start together at a barrier.

#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "support/contention.hpp"
#include "support/decrement.hpp"
#include "support/print.hpp"

std::int64_t share_of(std::int64_t count, int threads, int i) {
    return count / threads + (i < count % threads ? 1 : 0);
}

// Calls work(i, share) for each thread i and its share of `count`, and returns
// when all of them have returned.
template <class Work>
void share_out(std::int64_t count, int threads, const Work& work) {
    std::barrier start(threads);
    std::vector<std::jthread> crew;
    for (int i = 0; i < threads; ++i) {
        crew.emplace_back([&work, &start, i, share = share_of(count, threads, i)] {
            start.arrive_and_wait();
            work(i, share);
        });
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

// As in CPython: a thread that waits too long requests the lock, and the running thread checks for requests.
class Gil {
  public:
    void take(Duration interval) {
        std::unique_lock lock(mutex_);
        while (locked_) {
            const std::uint64_t before = switches_;
            if (!free_.wait_for(lock, interval, [&] { return !locked_; }) && switches_ == before) drop_request_ = true;
        }
        locked_ = true;
        drop_request_ = false;
        ++switches_;
        switched_.notify_all();
    }

    void drop(bool forced) {
        std::unique_lock lock(mutex_);
        locked_ = false;
        const std::uint64_t before = switches_;
        free_.notify_one();
        if (forced) switched_.wait(lock, [&] { return switches_ != before; });
    }

    bool asked_for() const { return drop_request_.load(std::memory_order_relaxed); }

  private:
    std::mutex mutex_;
    std::condition_variable free_, switched_;
    bool locked_ = false;
    std::uint64_t switches_ = 0;
    std::atomic<bool> drop_request_ = false;
};

std::int64_t count_gil(std::int64_t count, int threads, Duration switch_interval) {
    Gil gil;
    std::int64_t counter = count;
    share_out(count, threads, [&](int /*i*/, std::int64_t share) {
        gil.take(switch_interval);
        for (std::int64_t k = share; k > 0; --k) {
            decrement(counter);
            if (gil.asked_for() && k > 1) {
                gil.drop(true);
                gil.take(switch_interval);
            }
        }
        gil.drop(false);
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
