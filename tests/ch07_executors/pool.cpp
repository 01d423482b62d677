// Chapter 7, send_pool: a pool that grows and shrinks, and what its class does. Each test case is one criterion, run by
// itself; points are in chapter.json.
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
                   counted(static_cast<std::size_t>(left), "task is", "tasks are") + " not done: " + program.situation();
        const std::size_t threads = program.program.tasks().size() - 1;  // main is none of them
        const auto busy = static_cast<std::size_t>(std::max(least, left));
        if (left < most && threads > busy)
            return "with --workers " + range + ", and " +
                   counted(static_cast<std::size_t>(left), "task", "tasks") + " left to be answered, there are still " +
                   std::to_string(threads) + " threads: " + program.situation();
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
