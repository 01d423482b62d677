// Right    One std::async call per thread, each with a block of consecutive jobs; high_resolution_clock; iostream.

#include <chrono>
#include <future>
#include <iomanip>
#include <iostream>
#include <vector>

#include "support/job.hpp"

double seconds_with(const ScalingOptions& options, int threads) {
    const auto start = std::chrono::high_resolution_clock::now();
    std::vector<std::future<void>> blocks;
    for (int i = 0; i < threads; ++i) {
        const long from = static_cast<long>(options.jobs) * i / threads;
        const long to = static_cast<long>(options.jobs) * (i + 1) / threads;
        blocks.push_back(std::async(std::launch::async, [&options, from, to] {
            for (long job = from; job < to; ++job) do_job(options.work);
        }));
    }
    for (std::future<void>& block : blocks) block.get();
    return std::chrono::duration<double>(std::chrono::high_resolution_clock::now() - start).count();
}

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");
    std::cout << std::fixed << std::setprecision(9);
    std::cout << "threads,seconds,speedup,efficiency,serial_fraction" << std::endl;
    const double alone = seconds_with(options, 1);
    std::cout << "1," << alone << ",1.000,1.000," << std::endl;
    for (int threads = 2; threads <= options.max_threads; threads <<= 1) {
        const double seconds = seconds_with(options, threads);
        const double speedup = alone / seconds;
        const double fraction = (1.0 / speedup - 1.0 / threads) / (1.0 - 1.0 / threads);
        std::cout << threads << ',' << seconds << ',' << speedup << ',' << speedup / threads << ',' << fraction
                  << std::endl;
    }
}
