// Chapter 3: threads that count, in whatever order. A criterion, run by itself, for the program that ./kit grade names;
// points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/explored.hpp"
#include "ch03_big_countdown/counting.hpp"
#include "ch03_big_countdown/table.hpp"

namespace {

Words small(int count, int threads) {
    return {"--count", std::to_string(count), "--threads", std::to_string(threads)};
}

SmallPlan shared_out(int count, int threads, unsigned long budget) {
    return {small(count, threads), budget,
            [=](const Words& lines) { return wrong_thread_lines(lines, count, threads); }};
}

SmallPlan shared(const std::string& sharing, int count, int threads, unsigned long budget) {
    const auto wrong = [=](const Words& lines) {
        const std::string table = wrong_table(some_of(lines, "\n"), lines, {sharing}, threads, false);
        return table.empty() ? wrong_counts(*rows_of(lines), std::to_string(count)) : table;
    };
    return {shared_as(sharing, small(count, threads)), budget, wrong};
}

std::vector<SmallPlan> plans() {
    if (!of_contention()) return {shared_out(5, 2, 400), shared_out(4, 3, 400)};
    return {shared("private", 3, 2, 100), shared("padded", 3, 2, 100), shared("adjacent", 3, 2, 100),
            shared("atomic", 4, 2, 200),  shared("mutex", 4, 2, 200),  shared("mutex", 3, 3, 200),
            shared("gil", 4, 2, 200),     shared("gil", 3, 3, 200)};
}

}  // namespace

TEST_CASE("is right in whatever order its threads are moved") {
    judge_orders(plans(), readme(of_contention() ? 6 : 3));
}
