#include "support/send_report.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "support/figure.hpp"
#include "support/print.hpp"
#include "support/statistics.hpp"

namespace {

constexpr auto relaxed = std::memory_order_relaxed;  // they count, and order nothing

}  // namespace

SendReport::SendReport(const SendOptions& options)
    : executor_(options.executor), tasks_(options.tasks), samples_(options.samples) {}

std::vector<int> SendReport::begin_sample() {
    std::vector<int> tasks(static_cast<std::size_t>(tasks_));
    std::iota(tasks.begin(), tasks.end(), static_cast<int>(seconds_.size()) * tasks_ + 1);
    watch_ = Stopwatch();
    return tasks;
}

void SendReport::end_sample() {
    seconds_.push_back(watch_.seconds());
}

void SendReport::begin(int task) {
    begun_.fetch_add(1, relaxed);
    if (!progress_.is_on_terminal()) return;
    const std::scoped_lock lock(terminal_);
    show_progress(sample_of(task));
}

void SendReport::end(int task, const Outcome& outcome) {
    if (!outcome.ok) errors_.fetch_add(1, relaxed);
    retries_.fetch_add(outcome.retries, relaxed);
    done_.fetch_add(1, relaxed);
    const auto print = [&] {
        if (sample_of(task) > 0) return;
        if (outcome.ok) print_line("task ", task, ": ok");
        else print_line("task ", task, ": failed: ", outcome.why);
    };
    if (!progress_.is_on_terminal()) return print();
    const std::scoped_lock lock(terminal_);
    progress_.hide();
    print();
    show_progress(sample_of(task));
}

int SendReport::finish() {
    progress_.hide();
    print_line("executor,samples,mean_s,median_s,stdev_s,min_s,max_s,tasks_per_s,errors,retries");
    const auto [least, most] = std::minmax_element(seconds_.begin(), seconds_.end());
    const double average = mean(seconds_);
    print_line(executor_, ',', seconds_.size(), ',', figure(average), ',', figure(median(seconds_)), ',',
               seconds_.size() < 2 ? "" : figure(deviation(seconds_)), ',', figure(*least), ',', figure(*most), ',',
               figure(tasks_ / average), ',', errors_.load(), ',', retries_.load());
    return errors_ == 0 && done_ == tasks_ * samples_ ? 0 : 1;
}

void SendReport::show_progress(int sample) {
    const int begun = begun_.load(relaxed), all_done = done_.load(relaxed), done = all_done - sample * tasks_;
    char text[160];
    std::snprintf(text, sizeof text,
                  "sample %d of %d: %d of %d done, %d in flight, errors %d, retries %d, %.0f tasks/s", sample + 1,
                  samples_, done, tasks_, std::max(begun - all_done, 0), errors_.load(relaxed), retries_.load(relaxed),
                  done / watch_.seconds());
    progress_.hide();
    progress_.show(text);
}
