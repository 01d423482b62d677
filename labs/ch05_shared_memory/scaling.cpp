// Chapter 5: How the gain fades as threads are added
//
// Goal    Do the same jobs with 1, 2, 4 ... threads, and print what was won:
//         speed-up, efficiency, and the Karp-Flatt metric.
// Run     ./kit run scaling --work cpu
// Expect  Now: one thread does all jobs in every row, so the speed-up is 1.
//         Done: io gains with every thread, cpu up to the number of cores.
// Check   ./kit grade scaling
// Read    labs/ch05_shared_memory/README.md, steps 7 and 8

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "support/job.hpp"
#include "support/stopwatch.hpp"
#include "support/todo.hpp"

// Does all jobs with this many threads, and returns the seconds that it took.
double measure(const ScalingOptions& options, int threads) {
    const Stopwatch watch;
    // TODO 1  Start `threads` threads that share the jobs: one that is free
    //         takes the next job. Join them before you read the watch.
    static_cast<void>(threads);  // Delete this line: so far one thread does all.
    for (int job = 0; job < options.jobs; ++job) do_job(options.work);
    return watch.seconds();
}

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");

    still_to_do("threads that share the jobs, and three columns (TODO 1 to 4)");  // Delete with the last.

    print_scaling_header();
    for (int threads = 1; threads <= options.max_threads; threads *= 2) {
        ScalingRow row{.threads = threads, .seconds = measure(options, threads)};
        // TODO 2  speedup: the seconds of the first row over these.
        // TODO 3  efficiency: the speed-up over the number of threads.
        // TODO 4  serial_fraction: the Karp-Flatt metric, for 2 threads or more.
        print_scaling_row(row);
    }
}
