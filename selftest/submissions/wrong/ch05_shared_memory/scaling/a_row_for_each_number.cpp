// Wrong    Prints a row for 1, 2, 3, 4, 5 ... threads.
// Caught   a row for 1, 2, 4 ... threads
// Also     the threads of a row work at the same time
// Also     speed-up, efficiency and serial fraction follow from the seconds
// Also     is right in whatever order its threads are moved

#include <atomic>
#include <thread>
#include <vector>

#include "support/job.hpp"
#include "support/stopwatch.hpp"

// Does all jobs with this many threads, and returns the seconds that it took.
double measure(const ScalingOptions& options, int threads) {
    const Stopwatch watch;
    std::atomic<int> next = 0;
    {
        std::vector<std::jthread> workers;
        for (int i = 0; i < threads; ++i) {
            workers.emplace_back([&options, &next] {
                while (next++ < options.jobs) do_job(options.work);
            });
        }
        // Leaving this block joins them: all jobs are done.
    }
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
    for (int threads = 1; threads <= options.max_threads; ++threads) {
        ScalingRow row{.threads = threads, .seconds = measure(options, threads)};
        if (threads == 1) alone = row.seconds;
        row.speedup = alone / row.seconds;
        row.efficiency = row.speedup / threads;
        if (threads > 1) row.serial_fraction = karp_flatt(row.speedup, threads);
        print_scaling_row(row);
    }
}
