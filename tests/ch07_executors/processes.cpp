// Chapter 7, send_processes: workers that are killed. Each test case is one criterion, run by itself; points are in
// chapter.json.
#include <algorithm>
#include <csignal>
#include <map>

#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch07_executors/sender.hpp"

namespace {

// Whose connections the messages came by that are held now.
std::map<int, pid_t> workers_by_task(const Sender& program) {
    const auto owners = owners_of(program.world.port(), program.program.process(), program.program.tasks());
    std::map<int, pid_t> found;
    for (const HttpRequest& message : program.held())
        if (const auto owner = owners.find(program.world.client_port(message)); owner != owners.end())
            found[Sender::task_of(message)] = owner->second;
    return found;
}

std::string by_main_or_together() {
    Sender program({.tasks = 4, .workers = "4"});
    program.settle();
    std::set<pid_t> processes;
    for (const auto& [task, process] : workers_by_task(program)) processes.insert(process);
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
    const auto workers = workers_by_task(program);
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

// Of three workers two have a task.
std::string lost_when_idle() {
    Sender program({.tasks = 2, .workers = "3"});
    program.settle();
    std::set<pid_t> busy;
    for (const auto& [task, process] : workers_by_task(program)) busy.insert(process);
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
        const auto workers = workers_by_task(program);
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
    if (problem.empty()) problem = killed_again_and_again(2);
    judge(problem,
          {.saw = "a worker killed with its task, one without, and each that took a certain task: that task was "
                  "done once more, or given up after --retries, and no other was touched",
           .expected = "an end of its socket means that a worker has died: another one is started, and gets the "
                       "task that it had",
           .why = "an executor that loses its workers one by one stops in the end, and nobody knows why",
           .read = readme(7)});
}
