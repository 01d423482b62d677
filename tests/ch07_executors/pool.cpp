// Chapter 7, send_pool: a pool that grows and shrinks, and its class, tried alone (trials/send_pool.cpp). Each test case is one criterion, run by
// itself; points are in chapter.json.
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
                   counted(static_cast<std::size_t>(left), "task is", "tasks are") +
                   " not done: " + program.situation();
        const std::size_t threads = program.program.tasks().size() - 1;  // main is none of them
        const auto busy = static_cast<std::size_t>(std::max(least, left));
        if (left < most && threads > busy)
            return "with --workers " + range + ", and " + counted(static_cast<std::size_t>(left), "task", "tasks") +
                   " left to be answered, there are still " + std::to_string(threads) +
                   " threads: " + program.situation();
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
    judge(problem, {.saw = "1..4, 2..6 and 3..3: as many threads as there were tasks to wait for, up to MAX, and MIN "
                           "when there were none",
                    .expected = "submit starts a thread where a task would wait and there are fewer than MAX; a thread "
                                "that finds nothing to do ends where there are more than MIN",
                    .why = "threads that wait for nothing cost memory; a pool for the largest crowd need not always be "
                           "that large",
                    .read = readme(4)});
}

namespace {

const std::string word = "kuckuck";

// What `look` finds wrong with a trial, or why there is none; "".
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
    if (bench.program.asleep().size() != 1) return "its first task is not begun: " + bench.situation();
    bench.program.wake(bench.program.asleep().front());
    return bench.wrong_finish(bench.settle(), {word + " refused meanwhile", word + " refused afterwards"});
}

std::string drops_tasks(Bench& bench) {
    Rest rest = bench.settle();
    const Words lines = bench.program.lines();
    if (std::find(lines.begin(), lines.end(), word + " has ended") != lines.end())
        return "two tasks are not done, and the pool's destructor has returned";
    if (bench.program.asleep().size() != 2) return "of two threads none, or one, has a task: " + bench.situation();
    for (const Held& held : bench.program.asleep()) bench.program.wake(held);
    rest = bench.settle();
    Words expected = {word + " ends", word + " has ended"};
    for (int i = 1; i <= 12; ++i) expected.push_back(word + " " + std::to_string(i));
    const std::string problem = bench.wrong_finish(rest, expected);
    if (!problem.empty()) return problem;
    return bench.program.lines().back() == word + " has ended" ? "" : "the destructor returned before all was done";
}

}  // namespace

TEST_CASE("what a task throws or returns is in its future") {
    judge(trial("exceptions", loses_exceptions),
          {.saw = "a task of the pool threw, another one returned a text: both came out of their futures",
           .expected = "submit returns a future for what the function returns, or throws: std::packaged_task makes one",
           .why = "an exception that leaves a thread ends the program; one that is dropped is never heard of",
           .read = readme(5)});
}

TEST_CASE("finishes what was submitted, and joins, when it is destroyed") {
    judge(trial("end_at_work", drops_tasks),
          {.saw = "a pool was destroyed with two tasks begun and ten waiting: all twelve were done before that ended",
           .expected = "shutdown, in the destructor too: no more tasks, those that there are done, threads joined",
           .why = "who submitted a task counts on it; its future would wait for ever, or be broken",
           .read = readme(2)});
}

TEST_CASE("refuses what is submitted after shutdown") {
    judge(trial("late", wrong_shutdown),
          {.saw = "while the pool was shut down, and afterwards, submit threw",
           .expected = "submit throws where the pool has been shut down, or is about to be",
           .why = "a task that nobody will ever run is worse than one that is refused",
           .read = readme(2)});
}
