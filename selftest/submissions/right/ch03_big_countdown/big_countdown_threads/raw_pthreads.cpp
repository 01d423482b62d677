// Right    Uses pthreads. The shares are in an array that outlives the threads.

#include <pthread.h>
#include <system_error>
#include <thread>
#include <vector>

#include "support/big_countdown_options.hpp"
#include "support/decrement.hpp"
#include "support/figure.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

void count_down(std::int64_t counter) {
    while (counter > 0) decrement(counter);
}

// What thread `i` counts down from; the first thread is 0. The shares add up to
// `count`, even if it does not divide, or if there are more threads than steps.
std::int64_t share_of(std::int64_t count, int threads, int i) {
    return count / threads + (i < count % threads ? 1 : 0);
}

struct Part {
    pthread_t id;
    std::int64_t share;
};

void* count_part(void* part) {
    count_down(static_cast<Part*>(part)->share);
    return nullptr;
}

int main(int argc, char** argv) {
    const BigCountdownOptions options = parse_big_countdown_options(argc, argv, "threads share a countdown");

    const Stopwatch stopwatch;
    std::vector<Part> parts(options.threads);
    for (int i = 0; i < options.threads; ++i) {
        parts[i].share = share_of(options.count, options.threads, i);
        if (pthread_create(&parts[i].id, nullptr, count_part, &parts[i]) != 0) return 1;
    }
    for (const Part& part : parts) pthread_join(part.id, nullptr);

    const double seconds = stopwatch.seconds();
    for (int i = 0; i < options.threads; ++i) {
        print_line("thread ", i + 1, " counted down from ", share_of(options.count, options.threads, i));
    }
    print_line("counted down from ", options.count, " in ", figure(seconds), " s");
}
