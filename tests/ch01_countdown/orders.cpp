// Chapter 1: actors in whatever order. A criterion, run by itself, for the program that ./kit grade names; points are
// in chapter.json.
#include "bench/catch.hpp"
#include "bench/explored.hpp"
#include "ch01_countdown/countdown.hpp"

namespace {

SmallPlan small(const CountdownPlan& plan, unsigned long budget) {
    return {plan.arguments(), budget, [plan](const Words& lines) {
                const std::string wrong = tells_starts() ? wrong_starts_and_finishes(lines, plan) : "";
                return wrong.empty() ? wrong_count_lines(lines, plan) : wrong;
            }};
}

}  // namespace

TEST_CASE("is right in whatever order its threads are moved") {
    judge_orders({small({.from = 1, .tick = "0s"}, 500), small({.from = 2, .tick = "1s"}, 200),
                  small({.from = 1, .tick = "0s", .names = three}, 400)},
                 readme(4));
}
