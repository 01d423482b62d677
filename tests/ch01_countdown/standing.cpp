// Chapter 1: the standing criteria. Each test case is one criterion, run by itself, for the program that ./kit grade
// names; points are in chapter.json.
#include "bench/standing.hpp"
#include "bench/catch.hpp"
#include "bench/cut_lines.hpp"
#include "bench/sanitized.hpp"
#include "ch01_countdown/countdown.hpp"

TEST_CASE("joins every thread") {
    judge_joins(joins_with_each_last(three.size(),
                                     [](std::size_t kept) {
                                         Countdown countdown({.from = 1, .names = three},
                                                             {.policy = {.hold_ends = true}});
                                         return joins_of(
                                             countdown.program, [&] { countdown.run(); }, kept);
                                     }),
                readme(4));
}

TEST_CASE("writes every line whole") {
    // Each piece of a line is a write of its own; processes do not share a buffer, so theirs stays.
    Countdown countdown({.from = 2}, {.policy = {.hold_writes = true}, .pieces = !of_processes()});
    std::string problem;
    const Rest rest = run_for_cut_lines(countdown.program, problem);
    if (problem.empty()) problem = countdown.wrong_finish(rest);
    judge(standing::whole_lines,
          {.problem = problem,
           .saw = "each actor was held in the middle of what it wrote, and no other actor cut its line",
           .read = readme(6)});
}

namespace {

std::string late_in_a_pipe() {
    Countdown countdown({}, {.out = Child::Out::pipe});
    countdown.settle();
    const std::vector<Held> asleep = countdown.actors();
    if (asleep.empty()) return countdown.who_sleeps();
    for (const Held& actor : asleep) {
        const std::size_t before = countdown.count_lines().size();
        if (before < countdown.actors().size())
            return counted(countdown.actors().size(), "actor is", "actors are") + " asleep, but the pipe has " +
                   counted(before, "line", "lines");
        if (countdown.step(actor.thread).lines.empty()) return "an actor was woken, and no new line came into the pipe";
    }
    return countdown.wrong_finish(countdown.run());
}

}  // namespace

TEST_CASE("writes every line at once, into a pipe too") {
    judge(standing::lines_at_once, {.problem = late_in_a_pipe(),
                                    .saw = "stdout was a pipe, and each line was in it before its actor slept",
                                    .read = readme(6)});
}

namespace {

std::string sanitized_run(Flavour flavour, const CountdownPlan& plan, const Run& run) {
    Countdown countdown(plan, sanitized(flavour), flavour);
    countdown.settle();
    const std::size_t asleep = countdown.actors().size();
    std::string problem = wrong_sanitized_run(countdown.program, run(countdown));
    if (problem.empty()) problem = countdown.wrong_count_lines();
    if (problem.empty() && asleep < plan.names.size())
        problem = (asleep == 0 ? "none" : std::to_string(asleep)) + " of " + std::to_string(plan.names.size()) +
                  " actors counted at the same time: the sanitizer can judge only threads that run together";
    return problem;
}

// To its end each time; what the sanitizer said, in short, or what else went wrong.
std::string sanitized_runs(Flavour flavour) {
    // Many actors: where there is room for eight of them, or for 64, the rest write into other memory.
    const bool many = flavour == Flavour::address_sanitizer;
    std::string problem = sanitized_run(flavour, {.from = 3, .names = three}, in_turn);
    if (problem.empty()) problem = sanitized_run(flavour, {.from = 3, .names = three}, one_ahead);
    if (problem.empty()) problem = sanitized_run(flavour, {.from = 1, .names = so_many(many ? 65 : 3)}, newest_first);
    return problem;
}

}  // namespace

TEST_CASE("has no data race") {
    judge(standing::no_data_race, {.problem = under_sanitizer(Flavour::thread_sanitizer, sanitized_runs),
                                   .saw = "three actors counted to the end, and ThreadSanitizer had nothing to report",
                                   .read = readme(7)});
}

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error,
          {.problem = under_sanitizer(Flavour::address_sanitizer, sanitized_runs),
           .saw = "3 and 65 actors counted to the end, and AddressSanitizer and UBSan had nothing to report",
           .read = readme(7)});
}

namespace {

// `looks`: how often the grader looked.
std::string busy(std::size_t& looks) {
    const CountdownPlan plan;
    Countdown countdown(plan);
    ++looks;
    const std::string problem = countdown.does_not_wait(countdown.settle(), "while all actors should be asleep");
    if (!problem.empty()) return problem;
    const std::vector<Held> actors = countdown.actors();
    if (actors.empty()) return countdown.who_sleeps();
    for (int step = 0; step < plan.from; ++step) countdown.step(actors[0].thread);
    if (countdown.actors().size() != 1) return "";
    ++looks;
    return countdown.does_not_wait(countdown.program.settle(), "while one actor was done and the other was asleep");
}

}  // namespace

TEST_CASE("does not busy-wait") {
    std::size_t looks = 0;
    const std::string problem = busy(looks);
    judge(standing::no_busy_wait, {.problem = problem,
                                   .saw = "while actors were kept asleep, no thread used the processor (" +
                                          counted(looks, "look", "looks") + ")",
                                   .read = readme(4)});
}

TEST_CASE("refuses bad flags") {
    const std::vector<BadFlags> all = {
        {{"--from", "0"}, {"--from", "0"}},         {{"--from", "1000001", "Alice"}, {"--from", "1000001"}},
        {{"--from=abc"}, {"--from", "abc"}},        {{"--from", "-3", "Alice", "Bob"}, {"--from", "-3"}},
        {{"--tick", "5"}, {"--tick", "5"}},         {{"--tick", "-1s"}, {"--tick", "-1s"}},
        {{"--tick=2h", "Alice"}, {"--tick", "2h"}}, {{"Alice", "--tick"}, {"--tick"}},
        {{"--bogus", "Alice"}, {"--bogus"}}};
    judge_refusals(all, readme(8));
}
