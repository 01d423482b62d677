// Chapter 4: what a parent that fetches by child processes must do. Each test case is one criterion, run
// by itself, for the program that ./kit grade names; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/fetch_claims.hpp"
#include "bench/standing.hpp"
#include "ch04_ipc/fetcher.hpp"
#include "grader/contain/room.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <set>

TEST_CASE("each URL is fetched by a child process of its own") {
    Fetcher fetcher({.workers = 4});
    fetcher.settle();
    for (std::size_t turn = 1; turn < 4 && fetcher.processes().size() < 4;
         ++turn)  // another criterion is about one at a time
        for (std::size_t worker = 1; worker <= 4; ++worker) fetcher.serve(worker, 100);
    std::set<pid_t> processes = fetcher.processes();
    const bool parent_fetches = processes.erase(fetcher.program.process()) > 0;
    judge({.holds = processes.size() == 4 && !parent_fetches,
           .saw = counted(processes.size(), "child process asks", "child processes ask") + " for the 4 URLs" +
                  (parent_fetches ? ", and the parent asks for some itself; " : "; ") + fetcher.situation(),
           .expected = "the program starts 4 child processes, and each asks for one URL",
           .why = "a process has memory of its own: what goes wrong in one worker cannot spoil another, nor the parent",
           .read = readme(2)});
}

TEST_CASE("all workers fetch at once") {
    // One more than a power of two; for select the most that there may be: with two descriptors each they fill a set.
    const std::size_t most = at_once(uses_select() ? 500 : 257);
    judge(not_all_at_once(start_fetcher, {5, most}),
          {.saw = "5, then " + std::to_string(most) + " requests were in flight before the first answer",
           .expected = "the parent starts every worker before it waits for any of them",
           .why = "a parent that starts, reads and waits in one loop makes the workers take turns",
           .read = readme(2)});
}

namespace {

// Workers are done in this order, and after each of them this many lines are due.
std::string wrong_in_order_of_urls(const std::vector<std::size_t>& order, const std::vector<std::size_t>& due) {
    Fetcher fetcher({.workers = order.size()});
    Rest rest = fetcher.settle();
    std::size_t printed = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        rest = fetcher.serve(order[i], 5000);
        Words expected;
        for (std::size_t k = 0; k < due[i]; ++k) expected.push_back(line_of(++printed, 5000));
        const Words lines = fetcher.fresh_lines();
        if (lines != expected)
            return "the program printed " + list_in_quotes(lines) + " after worker " + std::to_string(order[i]) +
                   " was done, " + (expected.empty() ? "when no line was due" : "not " + list_in_quotes(expected)) +
                   "; " + fetcher.situation();
    }
    return fetcher.wrong_end(rest);
}

}  // namespace

TEST_CASE("prints in the order of the URLs") {
    std::string problem = wrong_in_order_of_urls({4, 3, 2, 1}, {0, 0, 0, 4});
    if (problem.empty()) problem = wrong_in_order_of_urls({2, 1, 4, 3}, {0, 2, 0, 2});
    if (problem.empty()) problem = wrong_in_order_of_urls({1, 2, 3, 4}, {1, 1, 1, 1});
    judge(problem,
          {.saw = "the workers were done in three orders: each time the lines came in the order of the URLs, as "
                  "soon as they could",
           .expected = "the program prints worker 1's line as soon as worker 1 is done, then worker 2's, whichever "
                       "worker is done first",
           .why = "reading pipe after pipe is simple and keeps the order; what it costs is the subject of task 1B",
           .read = readme(3)});
}

namespace {

// Its pipe is at an end, and the worker is not, yet: a parent that looks only once whether it has ended never prints
// its line.
std::string line_of_one_that_ends_later() {
    Fetcher fetcher({.workers = 2}, {.policy = {.hold_ends = true, .hold_pipes = true}});
    const std::string problem = fetcher.close_and_stay(1);
    if (!problem.empty()) return problem;
    fetcher.settle();
    if (const auto end = fetcher.held_of(1, Held::Kind::process_end)) fetcher.program.wake(*end);
    fetcher.settle();
    if (fetcher.fresh_lines() == Words{line_of(1, 100)}) return "";
    return "worker 1 closed its pipe and ended a moment later, and its line does not come; " + fetcher.situation();
}

}  // namespace

TEST_CASE("prints each line as its worker is done") {
    std::string problem = not_as_workers_are_done(start_fetcher);
    if (problem.empty()) problem = line_of_one_that_ends_later();
    judge(problem,
          {.saw = "the workers were done in three orders, and all at once: each line came when its worker was done",
           .expected = "the program prints the line of the worker that is done, and no other",
           .why = "a parent that waits for one pipe at a time hears the fast workers only after the slow ones",
           .read = readme(5)});
}

namespace {

// Worker 1 has sent a part of its message.
std::string held_back_by_half_a_message() {
    Fetcher fetcher({.workers = 3}, {.policy = {.hold_pipes = true}});
    fetcher.settle();
    fetcher.serve(1, 9000);
    if (const auto held = fetcher.held_of(1, Held::Kind::pipe_write)) fetcher.program.stage().let_go_part(*held, 4000);
    fetcher.settle();
    for (const std::size_t worker : {3, 2}) {
        fetcher.serve(worker, 100);
        fetcher.write_to_the_end(worker);
        const Words lines = fetcher.fresh_lines();
        if (lines != Words{line_of(worker, 100)})
            return "the program printed " + list_in_quotes(lines) + " after worker " + std::to_string(worker) +
                   " was done and worker 1 had sent a part of its message; " + fetcher.situation();
    }
    return "";
}

}  // namespace

TEST_CASE("a worker that is stuck holds no other back") {
    std::string problem = held_back_by_a_server(start_fetcher);
    if (problem.empty()) problem = held_back_by_half_a_message();
    judge(problem,
          {.saw = "one worker had no answer, one was in the middle of its message: the other workers' lines came",
           .expected = "the program prints the lines of all workers that are done, whatever another one waits for",
           .why = "one blocking call in the loop, such as a second read, makes all workers wait for the slowest",
           .read = readme(5)});
}

namespace {

bool is_select(const Task& task) {
#ifdef __x86_64__
    if (task.call == SYS_select) return true;
#endif
    return task.call == SYS_pselect6;
}

// What a thread of the parent does that is not asleep in select with the pipes of all these workers in its set, or "".
std::string does_not_select(const Fetcher& fetcher, const Task& task, std::size_t workers) {
    if (!is_select(task)) return describe_wait(task);
    for (std::size_t worker = 1; worker <= workers; ++worker) {
        const std::vector<PipeEnd> ends = fetcher.parents_ends_of(worker);
        if (std::none_of(ends.begin(), ends.end(), [&](const PipeEnd& end) {
                return waits_for_descriptor(task.thread, call_of(task), end.descriptor);
            }))
            return "is asleep in select, and worker " + std::to_string(worker) + "'s pipe is not in its set";
    }
    return "";
}

std::string does_not_select() {
    constexpr std::size_t workers = 5;
    Fetcher fetcher({.workers = workers});
    const Rest rest = fetcher.settle();
    std::string does = "has ended";
    bool selects = false;  // one of its threads, and the last
    for (const Task& task : fetcher.program.tasks()) {
        if (task.process != fetcher.program.process()) continue;
        does = does_not_select(fetcher, task, workers);
        selects = does.empty() || (selects && !is_select(task));
    }
    if (rest == Rest::standstill && selects) return "";
    if (does.empty()) does = rest == Rest::spinning ? "calls select again and again" : "is asleep in select";
    return "the parent " + does + " while 5 workers wait for their servers" +
           (rest == Rest::standstill ? "" : "; " + fetcher.wrong_end(rest));
}

}  // namespace

TEST_CASE("waits in select for all pipes") {
    judge(does_not_select(), {.saw = "while 5 workers waited for their servers, the parent was asleep in select",
                              .expected = "the parent is blocked in select or pselect, with all pipes in its set",
                              .why = "select ends as soon as any worker has something to say, whichever is first",
                              .read = readme(5)});
}

namespace {

std::string stuck_at_a_full_pipe(const std::vector<std::size_t>& order) {
    constexpr std::size_t size = 1 << 20;  // a pipe takes 64 KiB
    Fetcher fetcher({.workers = order.size()});
    fetcher.settle();
    for (const std::size_t worker : order) fetcher.serve(worker, size);
    const Rest rest = fetcher.serve_all(size);  // those that ask only now
    if (rest == Rest::standstill)
        return "the program hangs: " + fetcher.situation() + "; this was after all servers had answered";
    return fetcher.wrong_finish(rest, lines_of(order.size(), size));
}

}  // namespace

TEST_CASE("a full pipe holds nobody up") {
    std::string problem = stuck_at_a_full_pipe({3, 2, 1});
    if (problem.empty()) problem = stuck_at_a_full_pipe({1, 2, 3});
    judge(problem, {.saw = "three bodies of 1 MiB came, in two orders: all three arrived",
                    .expected = "the parent reads a worker's pipe to its end before it waits for the worker's end",
                    .why = "a worker that has filled its pipe waits for a reader; a parent that waits for that worker "
                           "first waits for ever",
                    .read = readme(4)});
}

TEST_CASE("a body of any size arrives whole") {
    judge(wrong_bodies(start_fetcher),
          {.saw = "bodies of 0, 1, 4,096, 65,536, 65,537 and 16,777,216 bytes arrived whole",
           .expected = "the program prints \"worker I: BYTES bytes, crc32 XXXXXXXX\" for the whole body",
           .why =
               "one read returns what is in the pipe at that moment: often less than was sent, and never more than the "
               "buffer has room for",
           .read = readme(3)});
}

namespace {

std::string loses_the_rest_of_a_write() {
    constexpr std::size_t size = 20'000;
    Fetcher fetcher({.workers = 1}, {.policy = {.hold_pipes = true}});
    fetcher.settle();
    Rest rest = fetcher.serve(1, size);
    if (!fetcher.held_of(1, Held::Kind::pipe_write))
        return "the worker has its answer, and does not write into a pipe; " + fetcher.situation();
    std::size_t written = 0;
    for (const std::size_t bytes : {1, 2, 100, 4096, 1}) {
        const auto held = fetcher.held_of(1, Held::Kind::pipe_write);
        if (!held) continue;
        fetcher.program.stage().let_go_part(*held, bytes);
        written += std::min(bytes, held->size);
        rest = fetcher.settle();
    }
    if (fetcher.held_of(1, Held::Kind::pipe_write)) rest = fetcher.write_to_the_end(1, &written);
    const std::string problem =
        written < size ? "the worker wrote " + counted(written, "byte", "bytes") + " of a body of 20,000 bytes"
                       : fetcher.wrong_finish(rest, {line_of(1, size)});
    return problem.empty()
               ? ""
               : problem + "; this was while the pipe took 1, 2, 100 and 4,096 bytes of the worker's writes";
}

}  // namespace

TEST_CASE("writes on when a write took less than it was given") {
    judge(
        loses_the_rest_of_a_write(),
        {.saw = "writes took 1, 2, 100 and 4,096 bytes: the worker wrote the rest, and the parent put it together",
         .expected = "the worker writes the rest until the pipe has taken it all; the parent reads to the end of file",
         .why = "write returns how many bytes it took: a program that ignores that loses the rest without any error",
         .read = readme(2)});
}
