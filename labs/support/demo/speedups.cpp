#include "support/demo/speedups.hpp"

#include <algorithm>

double speedup(const Comparison& all, const Executor& executor, std::size_t at, Start start) {
    return all.sequential[at] / (executor.seconds[at] + (start == Start::measured ? executor.start : 0));
}

std::optional<std::size_t> pays_from(const Comparison& all, const Executor& executor) {
    std::optional<std::size_t> first;
    for (std::size_t at = all.delays.size(); at-- > 0 && speedup(all, executor, at, Start::left_out) > 1;) first = at;
    return first;
}

// Between two delays all times grow along straight lines.
std::optional<TaskList> tasks_for(double wanted, const Comparison& all, const Executor& executor) {
    const double shortest = speedup(all, executor, 0, Start::measured);
    if (wanted < shortest) {  // sequential and executor's time by the task; its start stays
        const double gain = all.sequential[0] - wanted * executor.seconds[0];
        const double tasks = all.tasks * wanted * executor.start / gain;
        if (tasks < 0.5) return std::nullopt;
        return TaskList{std::max(1.0, tasks), all.delays[0]};
    }
    // How far sequential code is above what it would take for this speed-up.
    const auto above = [&](std::size_t at) {
        return all.sequential[at] - wanted * (executor.seconds[at] + executor.start);
    };
    for (std::size_t at = 0; at + 1 < all.delays.size(); ++at) {
        if (above(at + 1) < 0) continue;
        const double way = above(at) == above(at + 1) ? 0 : -above(at) / (above(at + 1) - above(at));
        return TaskList{static_cast<double>(all.tasks), all.delays[at] + way * (all.delays[at + 1] - all.delays[at])};
    }
    return std::nullopt;
}
