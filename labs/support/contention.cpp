#include "support/contention.hpp"

#include <optional>

#include "support/figure.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

namespace {

struct Measured {
    std::int64_t count = 0;
    double seconds = 0;
};

Measured measure(const CountDown& count_down, const std::string& sharing, int threads) {
    const Stopwatch stopwatch;
    const std::int64_t count = count_down(sharing, threads);
    return {count, stopwatch.seconds()};
}

}  // namespace

void print_contention(const ContentionOptions& options, const CountDown& count_down) {
    print_line("sharing,threads,count,seconds,speedup");
    std::optional<double> alone;
    for (const std::string& sharing : sharing_modes()) {
        if (options.sharing != "all" && options.sharing != sharing) continue;
        const Measured row = measure(count_down, sharing, options.threads);
        if (!alone) alone = measure(count_down, "private", 1).seconds;
        print_line(sharing, ',', options.threads, ',', row.count, ',', figure(row.seconds), ',',
                   figure(*alone / row.seconds));
    }
}
