// Wrong    Detaches its threads, and waits until a counter says that all jobs are done.
// Caught   joins every thread
// Says     main ended before

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "support/job.hpp"
#include "support/stopwatch.hpp"

struct Jobs {
    std::mutex mutex;
    std::condition_variable all_done;
    int next = 0, done = 0;
};

double measure(const ScalingOptions& options, int threads) {
    const Stopwatch watch;
    const auto jobs = std::make_shared<Jobs>();  // freed by the last thread that uses it
    for (int i = 0; i < threads; ++i) {
        std::thread([jobs, options] {
            std::unique_lock lock(jobs->mutex);
            while (jobs->next++ < options.jobs) {
                lock.unlock();
                do_job(options.work);
                lock.lock();
                if (++jobs->done == options.jobs) jobs->all_done.notify_one();
            }
        }).detach();
    }
    std::unique_lock lock(jobs->mutex);
    jobs->all_done.wait(lock, [&] { return jobs->done == options.jobs; });
    return watch.seconds();
}

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");
    print_scaling_header();
    double alone = 0;
    for (int threads = 1; threads <= options.max_threads; threads *= 2) {
        ScalingRow row{.threads = threads, .seconds = measure(options, threads)};
        if (threads == 1) alone = row.seconds;
        row.speedup = alone / row.seconds;
        row.efficiency = row.speedup / threads;
        if (threads > 1) row.serial_fraction = (threads / row.speedup - 1) / (threads - 1);
        print_scaling_row(row);
    }
}
