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
        return "with --workers 4 and 4 tasks, " + counted(processes.size(), "process sends", "processes send") +
               " messages: " + program.situation();
    return program.wrong_run(program.acknowledge_all(), {}, 0);
}

}  // namespace

TEST_CASE("each worker is a process, with a task of its own") {
    judge(by_main_or_together(),
          {.saw = "4 child processes had a message in flight each",
           .expected = "--workers child processes send the messages, each with one task at a time",
           .why = "a process has memory of its own: a crash there costs one task, and not the "
                  "program",
           .read = readme(6)});
}

namespace {

// Of three workers with a task each, one is killed.
std::string lost_with_its_task() {
    constexpr int tasks = 9, victim = 2;
    Sender program({.tasks = tasks, .workers = "3"});
    program.settle();
    const auto workers = program.workers();
    if (!workers.contains(victim)) return "no worker has sent task 2: " + program.situation();
    program.program.signal(workers.at(victim), SIGKILL);
    const std::string problem = program.wrong_run(program.acknowledge_all(), {}, 1);
    if (!problem.empty()) return problem + "; this was after a worker was killed while it had a task";
    for (int task = 1; task <= tasks; ++task)
        if (program.times_sent(task) != (task == victim ? 2U : 1U))
            return "task " + std::to_string(task) + " was sent " + counted(program.times_sent(task), "time", "times") +
                   ", after the worker that had task 2 was killed";
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
    if (!workers.contains(victim)) return "no worker has sent task 2: " + program.situation();
    const pid_t worker = workers.at(victim);
    program.hold_results(true);
    for (const HttpRequest& message : program.held())
        if (Sender::task_of(message) == victim) program.acknowledge(message);
    program.settle();
    const std::optional<Held> result = program.result_of(worker);
    if (!result)
        return "a worker has its reply, and does not write its result into a pipe or a socket pair: " +
               program.situation();
    if (half && !result->atomic && result->size > 1) program.program.stage().let_go_part(*result, result->size / 2);
    else if (half) program.program.wake(*result);
    if (half) program.settle();
    const bool had_told = program.has_told(victim);
    program.program.signal(worker, SIGKILL);
    program.settle();  // it is gone: what it was about to write is not passed on below
    program.hold_results(false);
    const Rest rest = program.acknowledge_all();
    const std::string when = half ? "after a worker was killed in the middle of writing its result"
                                  : "after a worker was killed that had its reply and had not written its result";
    // A result that was whole in that part is done; what was handed to that worker then is not.
    const long again = static_cast<long>(program.world.requests().size()) - tasks;
    const std::string problem = program.wrong_run(rest, {}, again);
    if (!problem.empty()) return problem + "; this was " + when;
    for (int task = 1; task <= tasks; ++task) {
        const bool may_be_twice = task == victim ? !had_told : had_told;
        if (program.times_sent(task) > (may_be_twice ? 2U : 1U))
            return "task " + std::to_string(task) + " was sent " + counted(program.times_sent(task), "time", "times") +
                   ", " + when;
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
    return problem.empty() ? "" : problem + "; this was after a worker was killed that had no task";
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
        return "with --retries " + std::to_string(retries) + ", " +
               counted(static_cast<std::size_t>(killed), "worker was", "workers were") +
               " killed with task 1 before the program gave it up, not " + std::to_string(retries + 1);
    const std::string problem = program.wrong_run(rest, {1}, retries);
    return problem.empty() ? "" : problem + "; this was after every worker with task 1 was killed";
}

}  // namespace

TEST_CASE("a worker that dies is replaced, and its task done once more") {
    std::string problem = lost_with_its_task();
    if (problem.empty()) problem = lost_when_idle();
    for (const bool half : {false, true})
        if (problem.empty()) problem = lost_with_its_result(half);
    if (problem.empty()) problem = killed_again_and_again(2);
    judge(
        problem,
        {.saw = "workers were killed without a task, with a task, with the reply, in the middle of a result, and each "
                "time "
                "they took one certain task: that task was done once more, or given up after --retries, and no other "
                "was touched",
         .expected = "when a worker's socket is at its end, main starts another worker and gives it the task that the "
                     "dead one had",
         .why = "an executor that loses its workers one by one comes to a stop in the end",
         .read = readme(7)});
}
