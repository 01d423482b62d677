// Right    main is one of the threads of each row, so it starts only n - 1 others.

#include <mutex>
#include <thread>
#include <vector>

#include "support/job.hpp"
#include "support/stopwatch.hpp"

class Jobs {
  public:
    explicit Jobs(int count) : left_(count) {}
    bool claim() {
        const std::scoped_lock lock(mutex_);
        if (left_ == 0) return false;
        --left_;
        return true;
    }

  private:
    std::mutex mutex_;
    int left_;
};

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");
    print_scaling_header();
    std::vector<double> seconds;
    for (int threads = 1; threads <= options.max_threads; threads *= 2) {
        const Stopwatch watch;
        Jobs jobs(options.jobs);
        const auto work = [&options, &jobs] {
            while (jobs.claim()) do_job(options.work);
        };
        {
            std::vector<std::jthread> others;
            for (int i = 1; i < threads; ++i) others.emplace_back(work);
            work();
        }
        seconds.push_back(watch.seconds());
        ScalingRow row;
        row.threads = threads;
        row.seconds = seconds.back();
        row.speedup = seconds.front() / seconds.back();
        row.efficiency = row.speedup / threads;
        if (threads > 1) row.serial_fraction = (1 / row.speedup - 1.0 / threads) / (1 - 1.0 / threads);
        print_scaling_row(row);
    }
}
