// Right    A mutex guards a queue of jobs. The table is printed after all rows have been measured.

#include <functional>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

#include "support/job.hpp"
#include "support/stopwatch.hpp"

class JobQueue {
  public:
    void add(std::function<void()> job) { jobs_.push(std::move(job)); }

    // Does jobs until none is left.
    void work() {
        while (true) {
            std::function<void()> job;
            {
                const std::scoped_lock lock(mutex_);
                if (jobs_.empty()) return;
                job = std::move(jobs_.front());
                jobs_.pop();
            }
            job();
        }
    }

  private:
    std::mutex mutex_;
    std::queue<std::function<void()>> jobs_;
};

int main(int argc, char** argv) {
    const ScalingOptions options = parse_scaling_options(argc, argv, "does the same jobs with more and more threads");
    std::vector<ScalingRow> rows;
    for (int threads = 1; threads <= options.max_threads; threads = threads + threads) {
        JobQueue queue;
        for (int i = 0; i < options.jobs; ++i) queue.add([&options] { do_job(options.work); });
        const Stopwatch watch;
        std::vector<std::thread> workers;
        for (int i = 0; i < threads; ++i) workers.emplace_back(&JobQueue::work, &queue);
        for (std::thread& worker : workers) worker.join();
        ScalingRow row;
        row.threads = threads;
        row.seconds = watch.seconds();
        rows.push_back(row);
    }
    print_scaling_header();
    for (ScalingRow& row : rows) {
        row.speedup = rows.front().seconds / row.seconds;
        row.efficiency = row.speedup / row.threads;
        if (row.threads > 1) row.serial_fraction = (1 / row.efficiency - 1) / (row.threads - 1);
        print_scaling_row(row);
    }
}
