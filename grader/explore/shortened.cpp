#include <algorithm>
#include <set>
#include <utility>

#include "grader/explore/history.hpp"

namespace explore {

History shortened(const History& history, std::size_t most) {
    std::vector<std::size_t> by_weight(history.rows.size());
    for (std::size_t i = 0; i < by_weight.size(); ++i) by_weight[i] = i;
    std::stable_sort(by_weight.begin(), by_weight.end(), [&](std::size_t one, std::size_t other) {
        return std::pair(history.rows[one].weight, one) > std::pair(history.rows[other].weight, other);
    });
    // Each gap takes a row as well.
    std::set<std::size_t> kept;
    const auto rows_with = [&](const std::set<std::size_t>& some) {
        std::size_t rows = some.size(), next = 0;
        for (const std::size_t one : some) {
            if (one > next) ++rows;
            next = one + 1;
        }
        return rows + (next < history.rows.size() ? 1 : 0);
    };
    for (const std::size_t one : by_weight) {
        std::set<std::size_t> more = kept;
        more.insert(one);
        if (rows_with(more) <= most) kept = std::move(more);
    }
    History brief = history;
    brief.rows.clear();
    int left_out = 0;
    for (std::size_t i = 0; i <= history.rows.size(); ++i) {
        const bool is_kept = i == history.rows.size() || kept.count(i) > 0;
        if (!is_kept) {
            left_out += history.rows[i].steps;
            continue;
        }
        if (left_out > 0) {
            Row gap;
            gap.thread = -1;
            gap.what = std::to_string(left_out) + (left_out == 1 ? " step" : " steps");
            gap.lanes = history.rows[i - 1].lanes;
            gap.steps = left_out;
            gap.weight = Weight::none;
            brief.rows.push_back(std::move(gap));
        }
        left_out = 0;
        if (i < history.rows.size()) brief.rows.push_back(history.rows[i]);
    }
    return brief;
}

}  // namespace explore
