// Chapter 4: how workers end, well or badly, and what is to be left of them. Each test case is one
// criterion, run by itself; points are in labs/labs.json.
#include "bench/catch.hpp"
#include "ch04_ipc/fetcher.hpp"
#include "grader/stage/injector.hpp"

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <set>

TEST_CASE("tells each failure alone, and exits 1") {
    Fetcher fetcher({.workers = 4, .strange = {"http://127.0.0.1:1/refused", "nonsense"}});
    fetcher.settle();
    fetcher.world.serve([](World& server, const HttpRequest& request) {
        if (request.path == "/2") return server.answer(request, 404, "nothing here");
        if (request.path == "/3") server.send(request, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nno more");
        else return server.answer(request, 200, body_of(std::stoul(request.path.substr(1)), 3000));
        server.finish(request);
    });
    const Rest rest = fetcher.settle();
    std::string problem;
    std::vector<std::string> lines = fetcher.program.lines();
    std::sort(lines.begin(), lines.end());
    std::vector<std::string> expected = {line_of(1, 3000), "worker 2: failed: 404 Not Found",
                                         failed_line(3),   line_of(4, 3000),
                                         failed_line(5),   failed_line(6)};
    problem = first_difference(lines, expected);
    if (problem.empty()) problem = wrong_end(fetcher.program, rest, 1);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "four kinds of failure told, two bodies printed; exit code 1" : problem,
           .expected = "\"worker I: failed: WHY\" for those that failed, \"failed: 404 Not Found\" for that status, "
                       "the others as ever, exit code 1",
           .why = "a worker that failed has to say so: its parent sees bytes and an exit status, and nothing else",
           .read = readme(7)});
}

namespace {

// Ends worker 2 of 3 in the state that `wait_for` brings it to; what is wrong with the lines then.
using Step = std::function<std::string(Fetcher&)>;
std::string after_end_of_worker(const Policy& policy, const Step& step, const std::string& expected) {
    Fetcher fetcher({.workers = 3, .setting = {.policy = policy}});
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
    std::vector<std::string> lines = fetcher.program.lines(), wanted = {line_of(1, 2000), expected, line_of(3, 2000)};
    std::sort(lines.begin(), lines.end());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const std::string saw = i < lines.size() ? lines[i] : "";
        if (!is_line(saw, wanted[i]))
            return "there is " + in_quotes(saw) + " where " + in_quotes(wanted[i]) + " belongs; " + fetcher.situation();
    }
    return wrong_end(fetcher.program, rest, 1);
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

}  // namespace

TEST_CASE("tells a worker that was killed") {
    const auto kill_it = [](Fetcher& fetcher, int signal) {
        if (fetcher.process_of(2) == 0) return std::string("worker 2 is no process of its own");
        fetcher.program.signal(fetcher.process_of(2), signal);
        return std::string();
    };
    const auto killed_by = [](int signal) { return "worker 2: failed: killed by signal " + std::to_string(signal); };
    const auto terminate = [&](Fetcher& fetcher) { return kill_it(fetcher, SIGTERM); };
    std::string problem = after_end_of_worker({}, terminate, killed_by(SIGTERM));
    if (!problem.empty()) problem = "killed while it waited for its server: " + problem;
    if (problem.empty()) {
        problem = after_end_of_worker(
            {.hold_pipes = true},
            [&](Fetcher& fetcher) {
                const std::string none = half_a_message(fetcher);
                return none.empty() ? kill_it(fetcher, SIGKILL) : none;
            },
            killed_by(SIGKILL));
        if (!problem.empty()) problem = "killed in the middle of its message: " + problem;
    }
    if (problem.empty()) {
        problem = after_end_of_worker(
            {.hold_ends = true},
            [&](Fetcher& fetcher) {
                fetcher.serve(2, 3000);
                if (!fetcher.held_of(2, Held::Kind::process_end))
                    return "worker 2 was served, and does not come to its end: " + fetcher.situation();
                return kill_it(fetcher, SIGKILL);
            },
            killed_by(SIGKILL));
        if (!problem.empty()) problem = "killed after a whole message, before it ended: " + problem;
    }
    judge(
        {.holds = problem.empty(),
         .saw = problem.empty()
                    ? "killed before, in and behind its message: told each time, the others came, exit code 1"
                    : problem,
         .expected = "\"worker 2: failed: killed by signal N\", the other workers' lines, exit code 1",
         .why =
             "an end of file says that nobody writes any more, not that all was written: the status says how it ended",
         .read = readme(7)});
}

TEST_CASE("tells a message that breaks off") {
    const std::string problem = after_end_of_worker(
        {.hold_pipes = true},
        [](Fetcher& fetcher) {
            const std::string none = half_a_message(fetcher);
            if (!none.empty()) return none;
            make_exit(fetcher.held_of(2, Held::Kind::pipe_write)->thread, 0);
            return std::string();
        },
        failed_line(2));
    judge(
        {.holds = problem.empty(),
         .saw = problem.empty() ? "a worker ended with 0 in the middle of its message: told, and the others came"
                                : problem,
         .expected = "\"worker 2: failed: WHY\", for less came than was announced",
         .why =
             "a pipe has no notion of a message: unless its length is told beforehand, half of it looks like all of it",
         .read = readme(7)});
}

TEST_CASE("keeps no pipe end that is not its own") {
    Fetcher fetcher({.workers = 4});
    fetcher.settle();
    const pid_t parent = fetcher.program.process();
    std::map<unsigned long, std::set<pid_t>> writers, readers;
    for (const PipeEnd& end : pipe_ends(fetcher.program))
        (end.writes ? writers : readers)[end.pipe].insert(end.process);
    std::string problem;
    if (fetcher.processes().size() < 4) problem = "there are no four workers: " + fetcher.situation();
    std::set<pid_t> with_their_own;
    for (const auto& [pipe, who] : writers) {
        if (who.contains(parent) && readers[pipe].contains(parent)) continue;  // perhaps one to wake itself by
        if (who.size() > 1)
            problem = counted(who.size(), "worker", "workers") + " hold the end to write to of one pipe";
        else if (readers[pipe] != std::set{parent})
            problem = "a worker holds an end to read from, which is the parent's";
        else with_their_own.insert(*who.begin());
    }
    for (std::size_t worker = 1; worker <= 4 && problem.empty(); ++worker)
        if (!with_their_own.contains(fetcher.process_of(worker)))
            problem = "worker " + std::to_string(worker) + " has no pipe that the parent has no end to write to of";
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "each worker holds the end to write to of its own pipe, the parent the ends to read from"
                      : problem,
           .expected = "of each pipe one end to write to, in its worker, and one to read from, in the parent",
           .why = "a pipe ends when its last writer has closed: one forgotten copy, and the reader waits for ever",
           .read = readme(4)});
}

namespace {

// Lets workers end one by one, or all who can at the same moment. Why not each of them was waited for, or "".
std::string wrong_reaping(std::size_t workers, bool together) {
    Fetcher fetcher({.workers = workers, .setting = {.policy = {.hold_ends = true}}});
    fetcher.settle();
    if (const auto second = fetcher.request_of(2)) fetcher.world.answer(*second, 404);  // who failed is waited for, too
    Rest rest = fetcher.serve_all(100);
    const std::string ended = together ? std::to_string(workers) + " workers ended at the same moment, and " : "";
    std::string problem;
    std::size_t reaped = 0;
    for (std::size_t moves = 0; moves < 50 * workers && rest == Rest::standstill && problem.empty(); ++moves) {
        std::vector<Held> ends = fetcher.program.stage().held(Held::Kind::process_end);
        const bool parent_leaves = std::any_of(
            ends.begin(), ends.end(), [&](const Held& held) { return held.process == fetcher.program.process(); });
        std::erase_if(ends, [&](const Held& held) { return held.process == fetcher.program.process(); });
        if (parent_leaves) {
            if (!ends.empty())
                problem =
                    "the parent left while " + counted(ends.size(), "worker", "workers") + " had a last step to make";
            else if (const std::size_t left = fetcher.program.zombies().size())
                problem = ended + "the parent leaves " + counted(left, "zombie", "zombies") + " behind";
            else if (fetcher.program.tasks().size() > 1)
                problem = "the parent leaves somebody behind: " + fetcher.situation();
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
    std::vector<std::string> expected = lines_of(workers, 100);
    expected[1] = "worker 2: failed: 404 Not Found";
    if (problem.empty()) problem = fetcher.wrong_finish(rest, expected, 1);
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
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "workers ended one by one, and 2, 8 and 64 of them at the same moment: each was "
                                    "waited for"
                                  : problem,
           .expected = "the parent calls wait, or waitpid, once for each worker before it ends",
           .why = "a child that ended and was not waited for stays in the process table as a zombie",
           .read = readme(4)});
}
