// Right    Raw pthreads, each of which does every n-th job; clock_gettime; printf.

#include <pthread.h>
#include <time.h>

#include <cstdio>
#include <vector>

#include "support/job.hpp"

struct Share {
    const ScalingOptions* options;
    int first, step;
    pthread_t thread{};
};

void* work(void* argument) {
    const Share& share = *static_cast<Share*>(argument);
    for (int job = share.first; job < share.options->jobs; job += share.step) do_job(share.options->work);
    return nullptr;
}

double now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");
    std::printf("threads,seconds,speedup,efficiency,serial_fraction\n");
    std::fflush(stdout);
    double first = 0;
    for (int n = 1; n <= options.max_threads; n *= 2) {
        const double start = now();
        std::vector<Share> shares;
        for (int i = 0; i < n; ++i) shares.push_back({&options, i, n});
        for (Share& share : shares) pthread_create(&share.thread, nullptr, work, &share);
        for (const Share& share : shares) pthread_join(share.thread, nullptr);
        const double seconds = now() - start;
        if (n == 1) first = seconds;
        const double speedup = first / seconds;
        std::printf("%d,%.9g,%.9g,%.9g,", n, seconds, speedup, speedup / n);
        if (n > 1) std::printf("%.9g", (n / speedup - 1) / (n - 1));
        std::printf("\n");
        std::fflush(stdout);
    }
}
