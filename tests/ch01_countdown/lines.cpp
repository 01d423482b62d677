// Chapter 1: what a countdown prints. Each test case is one criterion, run by itself, for the program that ./kit grade
// names; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch01_countdown/countdown.hpp"

#include <algorithm>

namespace {

// Why the lines of a whole run are not what they ought to be, or "".
std::string wrong_run(const CountdownPlan& plan, const Policy& policy, const Run& run) {
    Countdown countdown(plan, {.policy = policy});
    const Rest rest = run(countdown);
    const std::string problem = countdown.wrong_lines_or_end(countdown.wrong_count_lines(), rest);
    return problem.empty() ? "" : with_arguments(plan.arguments()) + ": " + problem;
}

// The longest countdown, as far as its second number: a count that is too small for it is wrong from the first.
std::string wrong_beginning() {
    const CountdownPlan plan{.from = 1'000'000};
    Countdown countdown(plan);
    countdown.settle();
    for (const Held& actor : countdown.actors()) countdown.step(actor.thread);
    const Words lines = countdown.count_lines();
    std::size_t beginnings = 0;
    for (const std::string& name : plan.names) {
        const auto first = std::find(lines.begin(), lines.end(), number_line(name, plan.from));
        const auto second = std::find(first, lines.end(), number_line(name, plan.from - 1));
        if (second != lines.end()) ++beginnings;
    }
    const bool begun = beginnings > 0 && lines.size() == 2 * beginnings;
    return begun ? "" : with_arguments(plan.arguments()) + ": the lines begin with " + list_in_quotes(lines);
}

std::string wrong_runs() {
    const std::vector<CountdownPlan> plans = {
        {.from = 5, .tick = "1s"},
        {.from = 1, .names = {"Alice"}},
        {.from = 2, .names = {"Ann", "Ben", "Cy", "Dora", "Eve Lin"}, .equals = true},
        {.from = 2, .names = {"Alice", "Alice"}},
        {.from = 3, .tick = "0s", .names = {std::string(300, 'A'), "Bob"}}};
    std::string problem;
    for (const CountdownPlan& plan : plans)
        if (problem.empty()) problem = wrong_run(plan, {}, in_turn);
    if (problem.empty()) problem = wrong_run({.from = 12}, {}, one_ahead);
    if (problem.empty()) problem = wrong_run({.from = 1, .names = so_many(256)}, {}, newest_first);
    if (problem.empty()) problem = wrong_run({.from = 2, .names = three}, {.hold_writes = true}, newest_first);
    if (problem.empty()) problem = wrong_run({.from = 2, .names = three}, {.hold_writes = true}, oldest_first);
    return problem.empty() ? wrong_beginning() : problem;
}

}  // namespace

TEST_CASE("prints every actor's lines in order") {
    judge(wrong_runs(),
          {.saw = "each actor's lines came whole and in order: with 1 to 256 actors, counting from 1 to 1,000,000, and "
                  "whichever of them was allowed to print first",
           .expected = "for each NAME, the program prints " + in_quotes(line_prefix() + "NAME is counting down: K...") +
                       " with K from --from to 1, then " + in_quotes(line_prefix() + "NAME finished counting down") +
                       ", and nothing else",
           .why = "actors may overtake each other, but the lines of one actor have only one order",
           .read = readme(1)});
}

namespace {

std::string wrong_start_or_finish(const Policy& policy, const Run& run) {
    const CountdownPlan plan{.from = 2, .names = three};
    Countdown countdown(plan, {.policy = policy});
    const Rest rest = run(countdown);
    const std::string problem = wrong_starts_and_finishes(countdown.program.lines(), plan);
    return problem.empty() ? countdown.wrong_end(rest) : problem;
}

}  // namespace

TEST_CASE("says when each actor starts and has finished") {
    std::string problem = wrong_start_or_finish({}, in_turn);
    if (problem.empty()) problem = wrong_start_or_finish({}, one_ahead);
    if (problem.empty()) problem = wrong_start_or_finish({.hold_writes = true}, newest_first);
    if (problem.empty()) problem = wrong_start_or_finish({.hold_writes = true}, oldest_first);
    judge(problem,
          {.saw = "each actor's start came before its numbers, and its finish after them",
           .expected = "the program prints \"Thread NAME starting...\" once before NAME's own lines, and \"Thread NAME "
                       "finished\" once after them",
           .why = "an object that owns its thread knows when the thread starts and when it has finished",
           .read = readme(5)});
}
