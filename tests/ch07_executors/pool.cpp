// Chapter 7, send_pool: a pool that grows and shrinks, and its class, tried alone (trials/send_pool.cpp). Each test case
// is one criterion, run by itself; points are in chapter.json.
#include <algorithm>
#include <functional>

#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"
#include "ch07_executors/sender.hpp"

namespace {

std::string wrong_size(int least, int most, int tasks) {
    const std::string range = std::to_string(least) + ".." + std::to_string(most);
    Sender program({.tasks = tasks, .workers = range});
    Rest rest = program.settle();
    for (int left = tasks; left > 0; --left) {
        const std::vector<HttpRequest> now = program.held();
        if (static_cast<int>(now.size()) != std::min(most, left))
            return "with --workers " + range + ", while " +
                   counted(static_cast<std::size_t>(left), "task is", "tasks are") + " not done yet, " +
                   program.situation();
        const std::size_t threads = program.program.tasks().size() - 1;  // main is none of them
        const auto busy = static_cast<std::size_t>(std::max(least, left));
        if (left < most && threads > busy)
            return "with --workers " + range + ", " + counted(threads, "thread remains", "threads remain") + " for " +
                   counted(static_cast<std::size_t>(left), "task", "tasks") + ": " + program.situation();
        program.acknowledge(now.front());
        rest = program.settle();
    }
    return program.wrong_run(rest, {}, 0);
}

}  // namespace

TEST_CASE("with --workers MIN..MAX grows while tasks wait, and shrinks again") {
    std::string problem = wrong_size(1, 4, 10);
    if (problem.empty()) problem = wrong_size(2, 6, 9);
    if (problem.empty()) problem = wrong_size(3, 3, 6);
    judge(problem,
          {.saw = "with --workers 1..4, 2..6 and 3..3, there were as many threads as tasks in flight, but at least "
                  "MIN and at most MAX",
           .expected = "submit starts a thread if the task would have to wait and there are fewer than MAX; a "
                       "thread that finds nothing to do ends if there are more than MIN",
           .why = "idle threads cost memory; a pool need not always be as large as its busiest hour requires",
           .read = readme(4)});
}

namespace {

const std::string word = "kuckuck";

// What `look` finds wrong with a trial, or why the trial could not be made; or "".
std::string trial(const std::string& name, const std::function<std::string(Bench&)>& look) {
    const auto run = [&](Flavour flavour) {
        Bench bench({name, word}, {}, flavour);
        return look(bench);
    };
    return under_sanitizer(Flavour::trial, run);
}

std::string loses_exceptions(Bench& bench) {
    return bench.wrong_finish(bench.settle(), {"caught " + word, "returned " + word + "!"});
}

std::string wrong_shutdown(Bench& bench) {
    bench.settle();
    if (bench.program.asleep().size() != 1) return "the pool does not begin its first task: " + bench.situation();
    bench.program.wake(bench.program.asleep().front());
    return bench.wrong_finish(bench.settle(), {word + " refused meanwhile", word + " refused afterwards"});
}

std::string drops_tasks(Bench& bench) {
    Rest rest = bench.settle();
    const Words lines = bench.program.lines();
    if (std::find(lines.begin(), lines.end(), word + " has ended") != lines.end())
        return "the pool's destructor returned while two tasks were not done";
    if (bench.program.asleep().size() != 2)
        return "with two workers and twelve tasks, " +
               counted(bench.program.asleep().size(), "task runs", "tasks run") + ", not 2: " + bench.situation();
    for (const Held& held : bench.program.asleep()) bench.program.wake(held);
    rest = bench.settle();
    Words expected = {word + " ends", word + " has ended"};
    for (int i = 1; i <= 12; ++i) expected.push_back(word + " " + std::to_string(i));
    const std::string problem = bench.wrong_finish(rest, expected);
    if (!problem.empty()) return problem;
    return bench.program.lines().back() == word + " has ended"
               ? ""
               : "the pool's destructor returned before all tasks were done";
}

}  // namespace

TEST_CASE("what a task throws or returns is in its future") {
    judge(
        trial("exceptions", loses_exceptions),
        {.saw = "one task threw and another returned a text; get gave main each of them",
         .expected = "submit returns a future that holds what the function returns or throws: std::packaged_task makes "
                     "one",
         .why =
             "an exception that leaves a thread's function ends the program, and one that is dropped hides a failure",
         .read = readme(5)});
}

TEST_CASE("finishes what was submitted, and joins, when it is destroyed") {
    judge(
        trial("end_at_work", drops_tasks),
        {.saw =
             "a pool was destroyed with two tasks begun and ten waiting: its destructor returned when all twelve were "
             "done",
         .expected =
             "shutdown, and so the destructor, lets the workers finish all tasks that were submitted, and joins "
             "them",
         .why = "a future whose task is dropped is broken, or its get waits for ever",
         .read = readme(2)});
}

TEST_CASE("refuses what is submitted after shutdown") {
    judge(trial("late", wrong_shutdown),
          {.saw = "submit threw while the pool was being shut down, and after that",
           .expected = "submit throws once shutdown has begun",
           .why = "a caller can handle a refusal; a task that no worker will ever run makes its get wait for ever",
           .read = readme(3)});
}
