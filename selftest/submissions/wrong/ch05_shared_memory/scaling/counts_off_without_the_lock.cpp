// Wrong    main sleeps until the last worker has finished, then joins. A worker changes the atomic count without the
//          mutex, after main may have checked it but before main sleeps (lost wake-up).
// Caught   is right in whatever order its threads are moved
// Says     the program hangs: main waits to be woken

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "support/job.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

double measure(const ScalingOptions& options, int threads) {
    const Stopwatch watch;
    std::mutex mutex;
    std::condition_variable all_done;
    std::atomic<int> next = 0, at_work = threads;
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) {
        workers.emplace_back([&] {
            while (next++ < options.jobs) do_job(options.work);
            if (--at_work == 0) all_done.notify_one();
        });
    }
    {
        std::unique_lock lock(mutex);
        all_done.wait(lock, [&at_work] { return at_work == 0; });
    }
    workers.clear();
    return watch.seconds();
}

// A. H. Karp, H. P. Flatt: Measuring Parallel Processor Performance. CACM 33(5), 1990: the fraction of
// the work that would have to be serial for Amdahl's law to give this speed-up.
double karp_flatt(double speedup, int threads) {
    const double share = 1.0 / threads;
    return (1 / speedup - share) / (1 - share);
}

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");

    print_scaling_header();
    double alone = 0;
    int threads = 1;
    try {
        for (; threads <= options.max_threads; threads *= 2) {
            ScalingRow row{.threads = threads, .seconds = measure(options, threads)};
            if (threads == 1) alone = row.seconds;
            row.speedup = alone / row.seconds;
            row.efficiency = row.speedup / threads;
            if (threads > 1) row.serial_fraction = karp_flatt(row.speedup, threads);
            print_scaling_row(row);
        }
    } catch (const std::system_error& error) {
        // The system gave no more threads. measure has joined those that did start.
        print_error("cannot start ", threads, " threads: ", error.what());
        return 1;
    }
}
