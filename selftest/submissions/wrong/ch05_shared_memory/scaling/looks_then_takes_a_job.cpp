// Wrong    Checks for a job in one step and takes it in another: two threads may both find the last (check, then act).
// Caught   is right in whatever order its threads are moved
// Says     jobs were done in 2 rows of 3 each

#include <atomic>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "support/job.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

double measure(const ScalingOptions& options, int threads) {
    const Stopwatch watch;
    std::atomic<int> next = 0;
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) {
        workers.emplace_back([&options, &next] {
            while (next < options.jobs) {
                ++next;
                do_job(options.work);
            }
        });
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
