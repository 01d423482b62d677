// Chapter 7: the standing criteria. Each test case is one criterion, run by itself, for the program that ./kit grade
// names; points are in chapter.json.
#include "bench/standing.hpp"
#include "bench/catch.hpp"
#include "bench/ends.hpp"
#include "bench/sanitized.hpp"
#include "ch07_executors/sender.hpp"

TEST_CASE("joins every thread") {
    constexpr int workers = 3;
    const Joins joins = joins_with_each_last(workers, [&](std::size_t kept) {
        Sender program({.tasks = 7, .workers = std::to_string(workers)}, {.policy = {.hold_ends = true}});
        program.acknowledge_all();
        Joins each = joins_of(
            program.program, [&] { program.settle(); }, kept);
        if (each.problem.empty()) each.problem = program.wrong_run(Rest::ended);
        return each;
    });
    judge_joins(joins, readme(2));
}

namespace {

std::string wrong_reaping() {
    Sender program({.tasks = 7, .workers = "3"}, {.policy = {.hold_ends = true}});
    Rest rest = program.acknowledge_all();
    for (;;) {
        if (parent_leaves(program.program)) {
            const std::string left = left_behind(program.program, "");
            for (const Held& end : program.program.stage().held(Held::Kind::process_end)) program.program.wake(end);
            rest = program.settle();
            return left.empty() ? program.wrong_run(rest) : left;
        }
        std::vector<Held> ends = program.program.stage().held(Held::Kind::thread_end);
        if (ends.empty()) ends = ends_of_children(program.program);
        if (ends.empty()) return program.wrong_run(rest);
        program.program.wake(ends.back());
        rest = program.settle();
    }
}

std::string sanitized_run(Flavour flavour) {
    Sender program({.tasks = 24, .workers = "4", .samples = 2}, sanitized(flavour), flavour);
    program.serve([&](int task, const HttpRequest& message) {
        if (task % 5 == 0 && program.times_sent(task) == 1) program.world.finish(message);
        else program.acknowledge(message);
    });
    const Rest rest = program.settle();
    const std::string wrong = wrong_sanitized_run(program.program, rest);
    return wrong.empty() ? program.wrong_run(rest) : wrong;
}

}  // namespace

TEST_CASE("reaps every child process") {
    judge(standing::reaped, {.problem = wrong_reaping(),
                             .saw = "three workers ended one by one, and main waited for each of them",
                             .read = readme(8)});
}

TEST_CASE("has no data race") {
    judge(standing::no_data_race, {.problem = under_sanitizer(Flavour::thread_sanitizer, sanitized_run),
                                   .saw = "ThreadSanitizer has nothing to report for two samples of 24 tasks, some of "
                                          "which were tried again",
                                   .read = readme_of(2, 6)});
}

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error,
          {.problem = under_sanitizer(Flavour::address_sanitizer, sanitized_run),
           .saw = "AddressSanitizer has nothing to report for two samples of 24 tasks, some of which were tried again",
           .read = readme_of(2, 6)});
}

TEST_CASE("does not busy-wait") {
    std::string problem;
    for (const int tasks : {8, 2}) {  // more than there are workers, and fewer
        Sender program({.tasks = tasks, .workers = "4"});
        if (problem.empty()) problem = program.does_not_wait(program.settle(), "while the server holds all messages");
    }
    judge(standing::no_busy_wait,
          {.problem = problem,
           .saw = "while the server held all messages, every thread was asleep, whether it had a "
                  "task or not",
           .read = readme_of(2, 6)});
}

TEST_CASE("refuses bad flags") {
    std::vector<BadFlags> flags = {{{"--tasks", "0"}, {"--tasks", "0"}},
                                   {{"--workers", "0"}, {"--workers", "0"}},
                                   {{"--workers", "none"}, {"--workers", "none"}},
                                   {{"--samples", "0"}, {"--samples", "0"}},
                                   {{"--timeout", "2"}, {"--timeout", "2"}},
                                   {{"--retries", "-1"}, {"--retries", "-1"}},
                                   {{"--host", "nowhere:port"}, {"--host", "nowhere:port"}}};
    if (is_pool()) flags.push_back({{"--workers", "4..2"}, {"--workers", "4..2"}});
    judge_refusals(flags, readme(1));
}
