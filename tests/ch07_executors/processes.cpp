// Chapter 7, send_processes: workers that are killed. Each test case is one criterion, run by itself; points are in
// chapter.json.
#include <algorithm>
#include <csignal>

#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch07_executors/sender.hpp"

namespace {

std::string by_main_or_together() {
    Sender program({.tasks = 4, .workers = "4"});
    program.settle();
    std::set<pid_t> processes;
    for (const auto& [task, process] : program.workers()) processes.insert(process);
    if (processes.contains(program.program.process())) return "main sends messages itself: " + program.situation();
    if (processes.size() != 4)
        return "4 tasks, sent by " + counted(processes.size(), "process", "processes") + ": " + program.situation();
    return program.wrong_run(program.acknowledge_all(), {}, 0);
}

}  // namespace

TEST_CASE("each worker is a process, with a task of its own") {
    judge(by_main_or_together(), {.saw = "4 messages in flight, by 4 child processes",
                                  .expected = "--workers child processes, each with one task at a time",
                                  .why = "a process has memory of its own: what crashes there costs one task, and not "
                                         "the program",
                                  .read = readme(6)});
}

namespace {

// Of three workers with a task each, one is killed.
std::string lost_with_its_task() {
    constexpr int tasks = 9, victim = 2;
    Sender program({.tasks = tasks, .workers = "3"});
    program.settle();
    const auto workers = program.workers();
    if (!workers.contains(victim)) return program.situation();
    program.program.signal(workers.at(victim), SIGKILL);
    const std::string problem = program.wrong_run(program.acknowledge_all(), {}, 1);
    if (!problem.empty()) return "a worker was killed with its task, and " + problem;
    for (int task = 1; task <= tasks; ++task)
        if (program.times_sent(task) != (task == victim ? 2U : 1U))
            return "a worker was killed with task 2, and task " + std::to_string(task) + " was sent " +
                   counted(program.times_sent(task), "time", "times");
    return "";
}

// Of three workers with a task each, one has its reply, and is killed before its result is written, or (`half`) with
// a part of it written, where it is written in parts or could be.
std::string lost_with_its_result(bool half) {
    constexpr int tasks = 6, victim = 2;
    Sender program({.tasks = tasks, .workers = "3"}, {.policy = {.hold_pipes = true, .hold_socket_pairs = true}});
    program.hold_results(false);  // not yet: what a worker says at its start is no result
    program.settle();
    const auto workers = program.workers();
    if (!workers.contains(victim)) return program.situation();
    const pid_t worker = workers.at(victim);
    program.hold_results(true);
    for (const HttpRequest& message : program.held())
        if (Sender::task_of(message) == victim) program.acknowledge(message);
    program.settle();
    const std::optional<Held> result = program.result_of(worker);
    if (!result)
        return "a worker got its reply, and does not write into a pipe or a socket pair: " + program.situation();
    if (half && !result->atomic && result->size > 1) program.program.stage().let_go_part(*result, result->size / 2);
    else if (half) program.program.wake(*result);
    if (half) program.settle();
    const bool had_told = program.has_told(victim);
    program.program.signal(worker, SIGKILL);
    program.settle();  // it is gone: what it wanted to write is not let go below
    program.hold_results(false);
    const Rest rest = program.acknowledge_all();
    const std::string when = half ? "a worker was killed behind the first part of its result, and "
                                  : "a worker was killed with its reply, before it wrote its result, and ";
    // A result that was whole in that part is done; what was handed to that worker then is not.
    const long again = static_cast<long>(program.world.requests().size()) - tasks;
    const std::string problem = program.wrong_run(rest, {}, again);
    if (!problem.empty()) return when + problem;
    for (int task = 1; task <= tasks; ++task) {
        const bool may_be_twice = task == victim ? !had_told : had_told;
        if (program.times_sent(task) > (may_be_twice ? 2U : 1U))
            return when + "task " + std::to_string(task) + " was sent " +
                   counted(program.times_sent(task), "time", "times");
    }
    return "";
}

// Of three workers two have a task.
std::string lost_when_idle() {
    Sender program({.tasks = 2, .workers = "3"});
    program.settle();
    std::set<pid_t> busy;
    for (const auto& [task, process] : program.workers()) busy.insert(process);
    for (const Task& task : program.program.tasks())
        if (task.process != program.program.process() && !busy.contains(task.process))
            program.program.signal(task.process, SIGKILL);
    program.settle();
    const std::string problem = program.wrong_run(program.acknowledge_all());
    return problem.empty() ? "" : "a worker was killed that had no task, and " + problem;
}

// Each one that takes task 1 is killed.
std::string killed_again_and_again(int retries) {
    Sender program({.tasks = 5, .workers = "2", .retries = retries});
    int killed = 0;
    Rest rest = program.settle();
    for (; killed <= retries + 1; ++killed) {
        const auto workers = program.workers();
        if (!workers.contains(1)) break;
        program.program.signal(workers.at(1), SIGKILL);
        rest = program.settle();
    }
    rest = program.acknowledge_all();
    if (killed != retries + 1)
        return "with --retries " + std::to_string(retries) + ", task 1 was begun " + std::to_string(killed) +
               " times by workers that were killed";
    const std::string problem = program.wrong_run(rest, {1}, retries);
    return problem.empty() ? "" : "every worker with task 1 was killed, and " + problem;
}

}  // namespace

TEST_CASE("a worker that dies is replaced, and its task done once more") {
    std::string problem = lost_with_its_task();
    if (problem.empty()) problem = lost_when_idle();
    for (const bool half : {false, true})
        if (problem.empty()) problem = lost_with_its_result(half);
    if (problem.empty()) problem = killed_again_and_again(2);
    judge(problem,
          {.saw = "a worker killed without a task, with its task, with its reply, behind a part of its result, and "
                  "each that took a certain task: that task was done once more, or given up after --retries, and no "
                  "other was touched",
           .expected = "an end of its socket means that a worker has died: another one is started, and gets the "
                       "task that it had",
           .why = "an executor that loses its workers one by one stops in the end, and nobody knows why",
           .read = readme(7)});
}
