// Chapter 5, scaling: jobs that are shared out, in whatever order.
#include <algorithm>

#include "bench/explored.hpp"
#include "ch05_shared_memory/shared_memory.hpp"
#include "ch05_shared_memory/table.hpp"
#include "ch05_shared_memory/watched_rows.hpp"

namespace {

// Rows for 1, 2, 4 ... threads up to `most`; what their figures say is asked elsewhere.
std::string wrong_rows(const Words& lines, int most) {
    std::size_t row = 0;
    if (lines.empty() || lines[row] != table_header)
        return "the program prints " + list_in_quotes(lines) + ", not a table";
    for (int threads = 1; threads <= most; threads *= 2)
        if (++row == lines.size() || !lines[row].starts_with(std::to_string(threads) + ","))
            return "the table has no row for " + counted(static_cast<std::size_t>(threads), "thread", "threads") +
                   ": " + list_in_quotes(lines);
    return "";
}

// An io job is a sleep; counts those of a table of up to `most` threads.
std::string wrong_jobs(const explore::SharedOrder& order, int jobs, int most) {
    const auto end = order.event.begin() + order.events;
    const auto done = std::count_if(order.event.begin(), end,
                                    [](const explore::Event& step) { return step.what == explore::What::sleeps; });
    long rows = 0;
    for (int threads = 1; threads <= most; threads *= 2) ++rows;
    if (done == rows * jobs) return "";
    return counted(static_cast<std::size_t>(done), "job was", "jobs were") + " done in " +
           counted(static_cast<std::size_t>(rows), "row", "rows") + " of " + std::to_string(jobs) + " each";
}

SmallPlan small(const std::string& work, int jobs, int most, unsigned long budget) {
    SmallPlan plan{scaling_flags(work, jobs, most), budget,
                   [=](const Words& lines) { return wrong_rows(lines, most); }};
    if (work == "io")
        plan.wrong_steps = [=](const explore::SharedOrder& order) { return wrong_jobs(order, jobs, most); };
    return plan;
}

}  // namespace

void judge_orders_of_scaling() {
    judge_orders({small("io", 2, 2, 300), small("io", 3, 2, 300), small("io", 1, 2, 200), small("io", 4, 4, 300),
                  small("cpu", 2, 2, 200)},
                 readme(7));
}
