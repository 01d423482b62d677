// Right    All threads of a row wait at a latch, so that starting them is not measured.

#include <atomic>
#include <chrono>
#include <latch>
#include <thread>
#include <vector>

#include "support/job.hpp"

double measure(const ScalingOptions& options, int threads) {
    std::atomic<int> next = 0;
    std::latch ready(threads + 1);
    std::vector<std::jthread> workers;
    for (int i = 0; i < threads; ++i) {
        workers.emplace_back([&] {
            ready.arrive_and_wait();
            while (next.fetch_add(1) < options.jobs) do_job(options.work);
        });
    }
    const auto start = std::chrono::steady_clock::now();  // before any thread can begin
    ready.arrive_and_wait();
    for (std::jthread& worker : workers) worker.join();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
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
