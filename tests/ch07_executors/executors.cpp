// Chapter 7: what every executor does, a pool of threads or of processes. Each test case is one criterion, run by
// itself, for the program that ./kit grade names; points are in chapter.json.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>
#include <tuple>

#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch07_executors/sender.hpp"

namespace {

std::string wrong_number_in_flight(int workers, int tasks, bool together) {
    Sender program({.tasks = tasks, .workers = std::to_string(workers)});
    const std::string flag = "with --workers " + std::to_string(workers) + ", ";
    Rest rest = program.settle();
    for (int left = tasks; left > 0;) {
        std::vector<HttpRequest> now = program.held();
        if (static_cast<int>(now.size()) != std::min(workers, left))
            return flag + "while " + counted(static_cast<std::size_t>(left), "task is", "tasks are") +
                   " not done yet, " + program.situation();
        if (!together) now.erase(now.begin(), now.end() - 1);  // the latest comes back first
        for (const HttpRequest& message : now) program.acknowledge(message);
        left -= static_cast<int>(now.size());
        rest = program.settle();
        for (const HttpRequest& message : now)
            if (!program.has_told(Sender::task_of(message)))
                return flag + "the line of task " + std::to_string(Sender::task_of(message)) +
                       " is missing after its reply has come: " + program.situation();
    }
    if (program.world.most_in_flight() > static_cast<std::size_t>(workers))
        return flag + counted(program.world.most_in_flight(), "task was", "tasks were") + " in flight at one moment";
    return program.wrong_run(rest, {}, 0);
}

}  // namespace

TEST_CASE("several tasks are in flight at once") {
    Sender program({.tasks = 6, .workers = "4"});
    program.settle();
    judge(program.held().size() > 1 ? "" : "before the first reply, " + program.situation(),
          {.saw = counted(program.held().size(), "message was", "messages were") + " sent before the first reply",
           .expected = "workers get the tasks, and wait for their replies at the same time",
           .why = "if messages are sent one after another, all waits add up",
           .read = readme_of(2, 6)});
}

TEST_CASE("keeps --workers tasks in flight, neither more nor fewer") {
    std::string problem;
    for (const auto& [workers, tasks, together] :
         std::vector<std::tuple<int, int, bool>>{{1, 3, true}, {3, 12, false}, {8, 32, true}, {16, 5, true}})
        if (problem.empty()) problem = wrong_number_in_flight(workers, tasks, together);
    judge(
        problem,
        {.saw =
             "with --workers 1, 3, 8 and 16, and replies that came together or one at a time, that many tasks were in "
             "flight while any remained, and each line came at once",
         .expected = "each worker takes the next task as soon as it is free",
         .why = "with fixed shares, or in batches, every worker waits for the slowest one",
         .read = readme_of(2, 6)});
}

namespace {

// One thread beside the workers, which looks after them, is allowed.
long started_for(const SendPlan& plan, std::string& problem) {
    Sender program(plan);
    problem = program.wrong_run(program.acknowledge_all(), {}, 0);
    if (problem.empty() && program.world.connections() > 3)
        problem = "3 workers made " + std::to_string(program.world.connections()) + " connections to send " +
                  std::to_string(plan.tasks * plan.samples) + " messages";
    const Trace& trace = program.program.stage().trace;
    return trace.count(is_pool() ? Event::Kind::thread_created : Event::Kind::process_created);
}

std::string starts_again() {
    std::string problem;
    const long few = started_for({.tasks = 5, .workers = "3", .samples = 1}, problem);
    if (!problem.empty()) return problem;
    const long many = started_for({.tasks = 10, .workers = "3", .samples = 3}, problem);
    if (!problem.empty() || few == many) return problem;
    const auto started = [](long number) {
        return is_pool() ? counted(static_cast<std::size_t>(number), "thread", "threads")
                         : counted(static_cast<std::size_t>(number), "process", "processes");
    };
    return "with --workers 3, the program started " + started(few) + " for 5 tasks, and " + started(many) +
           " for 3 samples of 10 tasks";
}

}  // namespace

TEST_CASE("starts its workers once, and keeps their connections") {
    judge(starts_again(), {.saw = "3 workers did 3 samples of 10 tasks, over no more than 3 connections",
                           .expected = "the program starts --workers workers once for all samples, and each keeps one "
                                       "connection",
                           .why = "starting a worker and connecting cost more than a small task: an executor pays that "
                                  "price once",
                           .read = readme_of(2, 6)});
}

namespace {

// Each sample takes as long as the grader lets pass.
std::string wrong_statistics() {
    using namespace std::chrono_literals;
    const std::vector<Nanoseconds> takes = {2s, 4s, 9s};
    constexpr int tasks = 4;
    Sender program({.tasks = tasks, .workers = "2", .samples = 3}, {.policy = {.one_clock = true}});
    Rest rest = program.settle();
    for (const Nanoseconds taken : takes) {
        program.program.stage().pass(taken);
        for (int done = 0; done < tasks;) {
            const std::vector<HttpRequest> now = program.held();
            if (now.empty()) return program.wrong_end(rest);
            for (const HttpRequest& message : now) program.acknowledge(message);
            done += static_cast<int>(now.size());
            rest = program.settle();
        }
    }
    const std::string problem = program.wrong_run(rest, {}, 0);
    if (!problem.empty()) return problem;
    const Words cells = program.table();
    const double expected[] = {5, 4, std::sqrt(13.0), 2, 9, tasks * 3 / 15.0};
    const char* names[] = {"mean_s", "median_s", "stdev_s", "min_s", "max_s", "tasks_per_s"};
    for (std::size_t i = 0; i < std::size(expected); ++i) {
        const double saw = std::strtod(cells[2 + i].c_str(), nullptr);
        if (std::abs(saw - expected[i]) > 0.002 * expected[i])
            return std::string(names[i]) + " is " + cells[2 + i] + ", after samples of 2, 4 and 9 s with 4 tasks each";
    }
    return "";
}

}  // namespace

TEST_CASE("statistics follow from the samples") {
    judge(
        wrong_statistics(),
        {.saw = "after samples of 2, 4 and 9 s, the mean, median, deviation, minimum, maximum and rate were right",
         .expected = "the program calls begin_sample before the first task of a sample, and end_sample after its last",
         .why = "a watch that stops before the last task is done measures something else",
         .read = readme(1)});
}
