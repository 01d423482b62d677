#include "support/job.hpp"

#include <time.h>
#include <zlib.h>

#include <array>
#include <chrono>
#include <thread>

#include "support/figure.hpp"
#include "support/options.hpp"
#include "support/print.hpp"

namespace {

constexpr std::chrono::milliseconds job_length{2};

// Of the calling thread alone.
std::chrono::nanoseconds processor_time() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

void compute() {
    std::array<unsigned char, 4096> block{};
    unsigned long sum = 0;
    for (const auto end = processor_time() + job_length; processor_time() < end;) {
        sum = crc32(sum, block.data(), block.size());
        block[sum % block.size()] ^= static_cast<unsigned char>(sum);  // each round needs the one before
    }
}

}  // namespace

ScalingOptions parse_scaling_options(int argc, char** argv, const std::string& purpose) {
    ScalingOptions options;
    Options flags(purpose);
    flags.choice("--work", options.work, {"io", "cpu"}, "what a job does: wait, or compute");
    flags.count("--jobs", options.jobs, {1, 100'000}, "how many to do with each number of threads");
    flags.count("--max-threads", options.max_threads, {1, 256}, "rows for 1, 2, 4 ... threads, up to this");
    flags.example("--work cpu --jobs 200 --max-threads 8");
    flags.parse(argc, argv);
    return options;
}

void do_job(const std::string& work) {
    if (work == "cpu") compute();
    else std::this_thread::sleep_for(job_length);
}

void print_scaling_header() {
    print_line("threads,seconds,speedup,efficiency,serial_fraction");
}

void print_scaling_row(const ScalingRow& row) {
    const std::string fraction = row.threads == 1 ? "" : figure(row.serial_fraction);
    print_line(row.threads, ",", figure(row.seconds), ",", figure(row.speedup), ",", figure(row.efficiency), ",",
               fraction);
}
