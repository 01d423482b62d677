// Chapter 4: how workers end, well or badly, and what is to be left of them. Each test case is one
// criterion, run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/lines.hpp"
#include "bench/standing.hpp"
#include "ch04_ipc/fetcher.hpp"
#include "grader/stage/injector.hpp"
#include "ground/text.hpp"

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <set>

namespace {

// Where a line belongs that reads as `wanted`, or begins with it.
std::string wrong_line(const std::string& line, const std::string& wanted) {
    const std::string whole = in_quotes(wanted.back() == ' ' ? wanted + "WHY" : wanted);
    return (line.empty() ? "does not print " : "prints " + in_quotes(line) + ", not ") + whole;
}

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
            return "the parent " + wrong_line(lines[i], wanted[i]) + "; " + fetcher.situation();
    return fetcher.wrong_end(rest, 1);
}

// Brings worker 2 to its first write, with half of it passed on.
std::string half_a_message(Fetcher& fetcher) {
    fetcher.serve(2, 3000);
    const auto held = fetcher.held_of(2, Held::Kind::pipe_write);
    if (!held) return "worker 2 has its answer, and does not write into a pipe; " + fetcher.situation();
    fetcher.program.stage().let_go_part(*held, 1500);
    fetcher.settle();
    if (!fetcher.held_of(2, Held::Kind::pipe_write))
        return "a pipe took half of worker 2's message, and worker 2 does not write the rest; " + fetcher.situation();
    return "";
}

// Brings it to its end, after a whole message.
std::string whole_message(Fetcher& fetcher) {
    fetcher.serve(2, 3000);
    if (fetcher.held_of(2, Held::Kind::process_end)) return "";
    return "worker 2 has its answer, and does not come to its end; " + fetcher.situation();
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
    if (!problem.empty()) return problem + "; this was after worker 2 was killed while it waited for its server";
    problem = after_kill(SIGKILL, {.hold_pipes = true}, half_a_message);
    if (!problem.empty()) return problem + "; this was after worker 2 was killed in the middle of its message";
    problem = after_kill(SIGKILL, {.hold_ends = true}, whole_message);
    return problem.empty() ? "" : problem + "; this was after worker 2 was killed at its end, after its whole message";
}

}  // namespace

TEST_CASE("tells a worker that was killed") {
    judge(wrong_after_kills(),
          {.saw = "worker 2 was killed before, in and after its message: each time its line said so, the other lines "
                  "came, and the exit code was 1",
           .expected = "the program prints \"worker 2: failed: killed by signal N\" and the other workers' lines, and "
                       "exits with 1",
           .why = "an end of file says that no process writes any more, not that the whole message was written: the "
                  "status says how the worker ended",
           .read = readme(7)});
}

TEST_CASE("tells a message that breaks off") {
    const auto breaks_off = [](Fetcher& fetcher) {
        const std::string problem = half_a_message(fetcher);
        if (problem.empty()) make_exit(fetcher.held_of(2, Held::Kind::pipe_write)->thread, 0);
        return problem;
    };
    judge(after_end_of_worker({.hold_pipes = true}, breaks_off, failed_line(2)),
          {.saw = "worker 2 ended with status 0 in the middle of its message: its line said so, and the others came",
           .expected = "the program prints \"worker 2: failed: WHY\", because fewer bytes came than were announced",
           .why = "a pipe does not know where a message ends: unless the length comes first, half a message looks like "
                  "a whole one",
           .read = readme(7)});
}

namespace {

std::string names_of(const Fetcher& fetcher, const std::set<pid_t>& processes) {
    std::vector<std::string> names;
    for (std::size_t worker = 1; worker <= fetcher.workers(); ++worker)
        if (processes.contains(fetcher.process_of(worker))) names.push_back("worker " + std::to_string(worker));
    if (processes.contains(fetcher.program.process())) names.push_back("the parent");
    return names.size() == processes.size() ? list_of(names) : counted(processes.size(), "process", "processes");
}

// True where the parent could write into a pipe of this worker.
bool keeps_a_write_end(const std::map<unsigned long, std::set<pid_t>>& writers, pid_t parent, pid_t worker) {
    return std::any_of(writers.begin(), writers.end(),
                       [&](const auto& pipe) { return pipe.second.contains(parent) && pipe.second.contains(worker); });
}

std::string wrong_pipe_ends() {
    constexpr std::size_t workers = 4;
    Fetcher fetcher({.workers = workers});
    fetcher.settle();
    const pid_t parent = fetcher.program.process();
    std::map<unsigned long, std::set<pid_t>> writers, readers;
    for (const PipeEnd& end : pipe_ends(fetcher.program))
        (end.writes ? writers : readers)[end.pipe].insert(end.process);
    std::string problem;
    if (fetcher.processes().size() < workers)
        problem = counted(fetcher.processes().size(), "worker asks", "workers ask") + " for a URL, not 4; " +
                  fetcher.situation();
    std::set<pid_t> with_their_own;
    for (const auto& [pipe, who] : writers) {
        if (who.contains(parent) && readers[pipe].contains(parent)) continue;  // perhaps one to wake itself by
        if (who.size() > 1) problem = names_of(fetcher, who) + " have a write end of the same pipe open";
        else if (readers[pipe] != std::set{parent})
            problem = readers[pipe].contains(parent) ? "a worker has a read end open, which only the parent needs"
                                                     : "the parent has not kept the read end of a worker's pipe";
        else with_their_own.insert(*who.begin());
    }
    for (std::size_t worker = 1; worker <= workers && problem.empty(); ++worker)
        if (!with_their_own.contains(fetcher.process_of(worker)))
            problem = keeps_a_write_end(writers, parent, fetcher.process_of(worker))
                          ? "the parent has a write end of worker " + std::to_string(worker) + "'s pipe open"
                          : "worker " + std::to_string(worker) + " has no pipe that the parent alone reads";
    return problem;
}

}  // namespace

TEST_CASE("keeps no pipe end that is not its own") {
    judge(wrong_pipe_ends(),
          {.saw = "each worker had the write end of its own pipe open, and the parent had the read ends",
           .expected =
               "the program keeps one write end of each pipe open, in its worker, and one read end, in the parent",
           .why = "a pipe ends when its last write end is closed: with one forgotten copy the reader waits for ever",
           .read = readme(4)});
}

namespace {

// Lets workers end one by one, or all that can at the same moment. Why not each of them was waited for, or "".
std::string wrong_reaping(std::size_t workers, bool together) {
    Fetcher fetcher({.workers = workers}, {.policy = {.hold_ends = true}});
    fetcher.settle();
    if (const auto second = fetcher.request_of(2))
        fetcher.world.answer(*second, 404);  // a worker that failed is waited for, too
    Rest rest = fetcher.serve_all(100);
    const std::string ended =
        together ? "after " + std::to_string(workers) + " workers had ended at the same moment, " : "";
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
    if (!problem.empty() && together && rest == Rest::standstill)
        problem += "; this was after " + std::to_string(workers) + " workers had ended at the same moment";
    if (problem.empty() && reaped < workers)
        problem = "the grader saw " + counted(reaped, "worker", "workers") + " of " + std::to_string(workers) +
                  " come to an end";
    return problem;
}

}  // namespace

TEST_CASE("reaps every child process") {
    std::string problem = wrong_reaping(4, false);
    for (const std::size_t workers : {2, 8, 64})
        if (problem.empty()) problem = wrong_reaping(workers, true);
    judge(standing::reaped, {.problem = problem,
                             .saw = "workers ended one by one, then 2, 8 and 64 of them at the same moment: the parent "
                                    "waited for each of them",
                             .read = readme(4)});
}
