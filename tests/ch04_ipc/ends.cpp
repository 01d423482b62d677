// Chapter 4: how workers end, well or badly, and what is to be left of them. Each test case is one
// criterion, run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/lines.hpp"
#include "bench/standing.hpp"
#include "ch04_ipc/fetcher.hpp"
#include "grader/stage/injector.hpp"

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <set>

namespace {

// Ends worker 2 of 3 in the state that `step` brings it to; what is wrong with the lines then.
using Step = std::function<std::string(Fetcher&)>;
std::string after_end_of_worker(const Policy& policy, const Step& step, const std::string& expected) {
    Fetcher fetcher({.workers = 3}, {.policy = policy});
    fetcher.settle();
    const std::string problem = step(fetcher);
    if (!problem.empty()) return problem;
    Rest rest = fetcher.settle();
    for (const std::size_t worker : {1, 3}) fetcher.serve(worker, 2000);
    for (int moves = 0; moves < 50; ++moves) {
        rest = fetcher.settle();
        std::vector<Held> held = fetcher.program.stage().held(Held::Kind::pipe_write);
        for (const Held& end : fetcher.program.stage().held(Held::Kind::process_end)) held.push_back(end);
        if (held.empty() || rest != Rest::standstill) break;
        for (const Held& one : held) fetcher.program.wake(one);
    }
    Words lines = fetcher.program.lines();
    const Words wanted = {line_of(1, 2000), expected, line_of(3, 2000)};
    std::sort(lines.begin(), lines.end());
    lines.resize(std::max(lines.size(), wanted.size()));
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!is_line(lines[i], wanted[i]))
            return "there is " + in_quotes(lines[i]) + " where " + in_quotes(wanted[i]) + " belongs; " +
                   fetcher.situation();
    return fetcher.wrong_end(rest, 1);
}

// Brings worker 2 to its first write, with half of it passed on.
std::string half_a_message(Fetcher& fetcher) {
    fetcher.serve(2, 3000);
    const auto held = fetcher.held_of(2, Held::Kind::pipe_write);
    if (!held) return "worker 2 was served, and does not write into a pipe: " + fetcher.situation();
    fetcher.program.stage().let_go_part(*held, 1500);
    fetcher.settle();
    if (!fetcher.held_of(2, Held::Kind::pipe_write)) return "worker 2 does not write on: " + fetcher.situation();
    return "";
}

// Brings it to its end, behind a whole message.
std::string whole_message(Fetcher& fetcher) {
    fetcher.serve(2, 3000);
    if (fetcher.held_of(2, Held::Kind::process_end)) return "";
    return "worker 2 was served, and does not come to its end: " + fetcher.situation();
}

// Kills worker 2 where `step` has brought it to.
std::string after_kill(int signal, const Policy& policy, const Step& step) {
    const auto kill_it = [&](Fetcher& fetcher) {
        const std::string problem = step(fetcher);
        if (!problem.empty()) return problem;
        if (fetcher.process_of(2) == 0) return std::string("worker 2 is no process of its own");
        fetcher.program.signal(fetcher.process_of(2), signal);
        return std::string();
    };
    return after_end_of_worker(policy, kill_it, "worker 2: failed: killed by signal " + std::to_string(signal));
}

std::string wrong_after_kills() {
    const auto at_once = [](Fetcher&) { return std::string(); };
    std::string problem = after_kill(SIGTERM, {}, at_once);
    if (!problem.empty()) return "killed while it waited for its server: " + problem;
    problem = after_kill(SIGKILL, {.hold_pipes = true}, half_a_message);
    if (!problem.empty()) return "killed in the middle of its message: " + problem;
    problem = after_kill(SIGKILL, {.hold_ends = true}, whole_message);
    return problem.empty() ? "" : "killed after a whole message, before it ended: " + problem;
}

}  // namespace

TEST_CASE("tells a worker that was killed") {
    judge(wrong_after_kills(),
          {.saw = "killed before, in and behind its message: told each time, the others came, exit code 1",
           .expected = "\"worker 2: failed: killed by signal N\", the other workers' lines, exit code 1",
           .why = "an end of file says that nobody writes any more, not that all was written: the status says how it "
                  "ended",
           .read = readme(7)});
}

TEST_CASE("tells a message that breaks off") {
    const auto breaks_off = [](Fetcher& fetcher) {
        const std::string problem = half_a_message(fetcher);
        if (problem.empty()) make_exit(fetcher.held_of(2, Held::Kind::pipe_write)->thread, 0);
        return problem;
    };
    judge(after_end_of_worker({.hold_pipes = true}, breaks_off, failed_line(2)),
          {.saw = "a worker ended with 0 in the middle of its message: told, and the others came",
           .expected = "\"worker 2: failed: WHY\", for less came than was announced",
           .why = "a pipe has no notion of a message: unless its length is told beforehand, half of it looks like all "
                  "of it",
           .read = readme(7)});
}

namespace {

std::string wrong_pipe_ends() {
    constexpr std::size_t workers = 4;
    Fetcher fetcher({.workers = workers});
    fetcher.settle();
    const pid_t parent = fetcher.program.process();
    std::map<unsigned long, std::set<pid_t>> writers, readers;
    for (const PipeEnd& end : pipe_ends(fetcher.program))
        (end.writes ? writers : readers)[end.pipe].insert(end.process);
    std::string problem;
    if (fetcher.processes().size() < workers) problem = "there are no four workers: " + fetcher.situation();
    std::set<pid_t> with_their_own;
    for (const auto& [pipe, who] : writers) {
        if (who.contains(parent) && readers[pipe].contains(parent)) continue;  // perhaps one to wake itself by
        if (who.size() > 1)
            problem = counted(who.size(), "worker", "workers") + " hold the end to write to of one pipe";
        else if (readers[pipe] != std::set{parent})
            problem = "a worker holds an end to read from, which is the parent's";
        else with_their_own.insert(*who.begin());
    }
    for (std::size_t worker = 1; worker <= workers && problem.empty(); ++worker)
        if (!with_their_own.contains(fetcher.process_of(worker)))
            problem = "worker " + std::to_string(worker) + " has no pipe that the parent has no end to write to of";
    return problem;
}

}  // namespace

TEST_CASE("keeps no pipe end that is not its own") {
    judge(wrong_pipe_ends(),
          {.saw = "each worker holds the end to write to of its own pipe, the parent the ends to read from",
           .expected = "of each pipe one end to write to, in its worker, and one to read from, in the parent",
           .why = "a pipe ends when its last writer has closed: one forgotten copy, and the reader waits for ever",
           .read = readme(4)});
}

namespace {

// Lets workers end one by one, or all who can at the same moment. Why not each of them was waited for, or "".
std::string wrong_reaping(std::size_t workers, bool together) {
    Fetcher fetcher({.workers = workers}, {.policy = {.hold_ends = true}});
    fetcher.settle();
    if (const auto second = fetcher.request_of(2)) fetcher.world.answer(*second, 404);  // who failed is waited for, too
    Rest rest = fetcher.serve_all(100);
    const std::string ended = together ? std::to_string(workers) + " workers ended at the same moment, and " : "";
    std::string problem;
    std::size_t reaped = 0;
    for (std::size_t moves = 0; moves < 50 * workers && rest == Rest::standstill && problem.empty(); ++moves) {
        const std::vector<Held> ends = ends_of_children(fetcher.program);
        if (parent_leaves(fetcher.program)) {
            problem = left_behind(fetcher.program, ended);
            for (const Held& held : fetcher.program.stage().held(Held::Kind::process_end)) fetcher.program.wake(held);
        } else if (!ends.empty()) {
            if (together) end_together(fetcher.program, ends);
            else fetcher.program.wake(ends.back());
            reaped += together ? ends.size() : 1;
        } else {
            break;
        }
        rest = fetcher.settle();
    }
    if (!problem.empty()) return problem;
    Words expected = lines_of(workers, 100);
    expected[1] = "worker 2: failed: 404 Not Found";
    problem = fetcher.wrong_finish(rest, expected, 1);
    if (!problem.empty() && together && rest == Rest::standstill) problem = ended + problem;
    if (problem.empty() && reaped < workers)
        problem =
            "only " + std::to_string(reaped) + " of " + std::to_string(workers) + " workers were seen at their end";
    return problem;
}

}  // namespace

TEST_CASE("reaps every child process") {
    std::string problem = wrong_reaping(4, false);
    for (const std::size_t workers : {2, 8, 64})
        if (problem.empty()) problem = wrong_reaping(workers, true);
    judge(standing::reaped, {.problem = problem,
                             .saw = "workers ended one by one, and 2, 8 and 64 of them at the same moment: each was "
                                    "waited for",
                             .read = readme(4)});
}
