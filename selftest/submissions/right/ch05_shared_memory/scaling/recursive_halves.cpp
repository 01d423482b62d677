// Right    Divide and conquer: a thread hands half of its jobs and threads to a new thread; gettimeofday.

#include <sys/time.h>

#include <thread>

#include "support/job.hpp"

void do_jobs(const ScalingOptions& options, int jobs, int threads) {
    if (threads == 1) {
        for (; jobs > 0; --jobs) do_job(options.work);
        return;
    }
    const int half = jobs / 2;
    std::jthread other([&] { do_jobs(options, half, threads / 2); });
    do_jobs(options, jobs - half, threads / 2);
}

double wall_clock() {
    timeval now{};
    gettimeofday(&now, nullptr);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_usec) / 1e6;
}

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");
    print_scaling_header();
    double alone = 0;
    for (int threads = 1; threads <= options.max_threads; threads *= 2) {
        const double start = wall_clock();
        std::jthread([&] { do_jobs(options, options.jobs, threads); }).join();
        const double seconds = wall_clock() - start;
        if (threads == 1) alone = seconds;
        const double speedup = alone / seconds;
        const double p = 1.0 / threads;
        print_scaling_row({threads, seconds, speedup, speedup * p, threads > 1 ? (1 / speedup - p) / (1 - p) : 0});
    }
}
