// Right    Its own jobs: a nanosleep of 1.5 ms, or sums until the thread has used 1.5 ms of processor time.

#include <time.h>

#include <atomic>
#include <thread>
#include <vector>

#include "support/job.hpp"
#include "support/stopwatch.hpp"

long processor_nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000 + now.tv_nsec;
}

std::atomic<double> keep_the_sums = 0;

void compute() {
    double sum = 0;
    for (const long end = processor_nanoseconds() + 1'500'000; processor_nanoseconds() < end;)
        for (int k = 1; k <= 5000; ++k) sum += 1.0 / k;
    keep_the_sums = sum;
}

void wait() {
    timespec left{0, 1'500'000};
    while (nanosleep(&left, &left) != 0) {
    }
}

double time_of(const ScalingOptions& options, int threads) {
    const Stopwatch watch;
    std::atomic<int> left = options.jobs;
    std::vector<std::jthread> crew;
    for (int i = 0; i < threads; ++i) {
        crew.emplace_back([&left, is_io = options.work == "io"] {
            while (left.fetch_sub(1) > 0) is_io ? wait() : compute();
        });
    }
    crew.clear();
    return watch.seconds();
}

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");
    print_scaling_header();
    double alone = 0;
    for (int threads = 1; threads <= options.max_threads; threads *= 2) {
        const double seconds = time_of(options, threads);
        if (threads == 1) alone = seconds;
        const double gain = alone / seconds;
        const double serial = threads == 1 ? 0 : (1 / gain - 1.0 / threads) / (1 - 1.0 / threads);
        print_scaling_row({threads, seconds, gain, gain / threads, serial});
    }
}
