// What the programs of chapter 7 print: a line for each task of the first sample, as it is done, and a table with what
// all samples took. On a terminal, how far they are as well.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

#include "support/outcome.hpp"
#include "support/progress_line.hpp"
#include "support/send_options.hpp"
#include "support/stopwatch.hpp"

class SendReport {
  public:
    explicit SendReport(const SendOptions& options);

    // Starts the watch. The numbers of the sample's tasks, which no other sample has: 1 to 32, then 33 to 64.
    std::vector<int> begin_sample();
    void end_sample();

    // When a task is in flight, and when it is done. Thread-safe, and without a lock except on a terminal: as with
    // print_line, that hides no data race of yours.
    void begin(int task);
    void end(int task, const Outcome& outcome);

    // Prints the table, and returns the program's exit code: 0 if each task was done and none failed.
    int finish();

  private:
    int sample_of(int task) const { return (task - 1) / tasks_; }  // the first one is 0
    void show_progress(int sample);

    const std::string executor_;
    const int tasks_, samples_;
    const ProgressLine progress_;
    std::mutex terminal_;  // guards what is on it
    std::atomic<int> begun_ = 0, done_ = 0, errors_ = 0, retries_ = 0;
    Stopwatch watch_;
    std::vector<double> seconds_;  // of each sample
};
