// Chapter 4: what a parent that fetches by child processes must do. Each test case is one criterion, run
// by itself, for the program that ./kit grade names; points are in labs/labs.json.
#include "ch04_fetcher.hpp"
#include "grader/catch.hpp"
#include "grader/injector.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <csignal>
#include <functional>
#include <map>
#include <set>

namespace {

// What is wrong with all lines, in any order for fetch_select, and with the end.
std::string wrong_finish(Fetcher& fetcher, Rest rest, std::vector<std::string> expected, int exit_code = 0) {
    std::vector<std::string> lines = fetcher.program.lines();
    if (uses_select()) {
        std::sort(lines.begin(), lines.end());
        std::sort(expected.begin(), expected.end());
    }
    if (lines != expected && rest == Rest::ended) return first_difference(lines, expected);
    if (!fetcher.program.unfinished().empty()) return "a line without an end: " + in_quotes(fetcher.program.unfinished());
    for (const Event& event : fetcher.program.stage().trace.events)
        if (event.kind == Event::Kind::writes && event.process != fetcher.program.process())
            return "a child prints " + in_quotes(event.text.substr(0, event.text.find('\n'))) + ", and the parent is to count, compute and print";
    if (rest == Rest::standstill) return "the program hangs: " + fetcher.situation();
    return wrong_end(fetcher.program, rest, exit_code);
}

std::set<pid_t> owners(const Fetcher& fetcher, std::size_t workers) {
    std::set<pid_t> found;
    for (std::size_t worker = 1; worker <= workers; ++worker) found.insert(fetcher.process_of(worker));
    found.erase(0);
    return found;
}

}  // namespace

TEST_CASE("each URL is fetched by a child process of its own") {
    Fetcher fetcher({.workers = 4});
    fetcher.settle();
    for (std::size_t turn = 1; turn < 4 && owners(fetcher, 4).size() < 4; ++turn)  // one at a time is another criterion's business
        for (std::size_t worker = 1; worker <= 4; ++worker) fetcher.serve(worker, 100);
    std::set<pid_t> processes = owners(fetcher, 4);
    const bool parent_fetches = processes.erase(fetcher.program.process()) > 0;
    judge({.holds = processes.size() == 4 && !parent_fetches,
           .saw = "4 URLs, asked by " + counted(processes.size(), "child process", "child processes") +
                  (parent_fetches ? " and by the parent; " : "; ") + fetcher.situation(),
           .expected = "4 child processes, each asking for one URL",
           .why = "a process has memory of its own: what goes wrong in one worker cannot spoil another, nor the parent",
           .read = readme(2)});
}

TEST_CASE("all workers fetch at once") {
    std::string problem;
    for (const std::size_t workers : {5, 200}) {
        Fetcher fetcher({.workers = workers});
        fetcher.settle();
        const std::size_t asked = fetcher.world.in_flight().size();
        if (asked < workers) problem = "of " + std::to_string(workers) + " URLs, " + std::to_string(asked) +
                                       " were asked for before the first answer: " + fetcher.situation();
        const Rest rest = fetcher.serve_all(100);
        if (problem.empty()) problem = wrong_finish(fetcher, rest, lines_of(workers, 100));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "5 and 200 requests in flight before the first was answered" : problem,
           .expected = "every worker started before the parent waits for any of them",
           .why = "a parent that starts, reads and waits in one loop makes the workers take turns",
           .read = readme(2)});
}

TEST_CASE("prints in the order of the URLs") {
    std::string problem;
    const std::vector<std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> orders = {
        {{4, 3, 2, 1}, {0, 0, 0, 4}}, {{2, 1, 4, 3}, {0, 2, 0, 2}}, {{1, 2, 3, 4}, {1, 1, 1, 1}}};
    for (const auto& [order, news] : orders) {
        Fetcher fetcher({.workers = 4});
        Rest rest = fetcher.settle();
        std::size_t printed = 0;
        for (std::size_t i = 0; i < order.size() && problem.empty(); ++i) {
            rest = fetcher.serve(order[i], 5000);
            std::vector<std::string> expected;
            for (std::size_t k = 0; k < news[i]; ++k) expected.push_back(line_of(++printed, 5000));
            const std::vector<std::string> lines = fetcher.fresh_lines();
            if (lines != expected)
                problem = "when worker " + std::to_string(order[i]) + " was done, there came " + list_in_quotes(lines) +
                          ", and " + list_in_quotes(expected) + " was due; " + fetcher.situation();
        }
        if (problem.empty()) problem = wrong_end(fetcher.program, rest);
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "in three orders of being done, the lines came in the order of the URLs, as soon as they could" : problem,
           .expected = "worker 1's line as soon as worker 1 is done, then worker 2's, whoever was done first",
           .why = "pipe after pipe is simple and keeps the order; what it costs is the subject of task 1B",
           .read = readme(3)});
}

TEST_CASE("prints each line as its worker is done") {
    std::string problem;
    for (const std::vector<std::size_t>& order : {std::vector<std::size_t>{4, 3, 2, 1}, {2, 4, 1, 3}, {1, 2, 3, 4}}) {
        Fetcher fetcher({.workers = 4});
        Rest rest = fetcher.settle();
        for (const std::size_t worker : order) {
            rest = fetcher.serve(worker, 5000);
            const std::vector<std::string> lines = fetcher.fresh_lines();
            if (lines != std::vector<std::string>{line_of(worker, 5000)})
                problem = "when worker " + std::to_string(worker) + " was done, there came " + list_in_quotes(lines) + "; " + fetcher.situation();
            if (!problem.empty()) break;
        }
        if (problem.empty()) problem = wrong_end(fetcher.program, rest);
        if (problem.empty()) {  // several ready at once
            Fetcher all({.workers = 6});
            all.settle();
            problem = wrong_finish(all, all.serve_all(70'000), lines_of(6, 70'000));
        }
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "in three orders of being done, and all at once: each line followed its worker" : problem,
           .expected = "whichever worker is done, its line, and no other",
           .why = "who waits for one pipe at a time hears the fast workers only after the slow ones",
           .read = readme(5)});
}

namespace {

// Brings a worker to where its message is written, its pipe is closed, and its end is held. Why not, or "".
std::string closes_and_stays(Fetcher& fetcher, std::size_t worker) {
    fetcher.settle();
    fetcher.serve(worker, 100);
    const auto first = fetcher.held_of(worker, Held::Kind::pipe_write);
    if (!first) return "worker " + std::to_string(worker) + " was served, and does not write into a pipe: " + fetcher.situation();
    const unsigned long pipe = pipe_of(first->process, first->descriptor);
    fetcher.write_to_the_end(worker);
    const auto end = fetcher.held_of(worker, Held::Kind::process_end);
    if (!end) return "worker " + std::to_string(worker) + " was served, and does not come to its end: " + fetcher.situation();
    for (const PipeEnd& own : pipe_ends(fetcher.program))
        for (const Task& task : fetcher.program.tasks())
            if (task.thread == end->thread && own.process == end->process && own.writes && own.pipe == pipe)
                make_close(task, own.descriptor);
    return "";
}

}  // namespace

TEST_CASE("a worker that is stuck holds no other back") {
    std::string problem;
    {  // its server never answers, and another one trickles
        Fetcher fetcher({.workers = 4});
        fetcher.settle();
        if (const auto slow = fetcher.request_of(2)) {
            fetcher.world.send(*slow, "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + body_of(2, 40'000));
            fetcher.settle();
        }
        fetcher.serve(4, 100);
        fetcher.serve(3, 100);
        const std::vector<std::string> expected = {line_of(4, 100), line_of(3, 100)};
        if (fetcher.program.lines() != expected)
            problem = "workers 1 and 2 wait for their servers, 4 and 3 are done, and there is " +
                      list_in_quotes(fetcher.program.lines()) + "; " + fetcher.situation();
    }
    if (problem.empty()) {  // it has sent a part of its message
        Fetcher fetcher({.workers = 3, .setting = {.policy = {.hold_pipes = true}}});
        fetcher.settle();
        fetcher.serve(1, 9000);
        if (const auto held = fetcher.held_of(1, Held::Kind::pipe_write)) fetcher.program.stage().let_go_part(*held, 4000);
        fetcher.settle();
        for (const std::size_t worker : {3, 2}) {
            fetcher.serve(worker, 100);
            fetcher.write_to_the_end(worker);
            const std::vector<std::string> lines = fetcher.fresh_lines();
            if (lines == std::vector<std::string>{line_of(worker, 100)}) continue;
            problem = "worker 1 has sent a part of its message, worker " + std::to_string(worker) + " is done, and there came " +
                      list_in_quotes(lines) + "; " + fetcher.situation();
            break;
        }
    }
    if (problem.empty()) {  // it has closed its pipe, and does not end
        Fetcher fetcher({.workers = 3, .setting = {.policy = {.hold_ends = true, .hold_pipes = true}}});
        problem = closes_and_stays(fetcher, 1);
        for (const std::size_t worker : {2, 3}) {
            if (!problem.empty()) break;
            fetcher.serve(worker, 100);
            fetcher.write_to_the_end(worker);
            if (const auto last = fetcher.held_of(worker, Held::Kind::process_end)) fetcher.program.wake(*last);
            fetcher.settle();
            if (fetcher.fresh_lines() != std::vector<std::string>{line_of(worker, 100)})
                problem = "worker 1 has closed its pipe and does not end, worker " + std::to_string(worker) +
                          " is done, and its line does not come; " + fetcher.situation();
        }
        const auto end = fetcher.held_of(1, Held::Kind::process_end);
        if (problem.empty() && end) {
            fetcher.program.wake(*end);
            fetcher.settle();
            if (fetcher.fresh_lines() != std::vector<std::string>{line_of(1, 100)})
                problem = "worker 1 has closed its pipe and ended later, and its line does not come; " + fetcher.situation();
        }
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "a worker without an answer, one in the middle of its message, one that does not end: the others' lines came" : problem,
           .expected = "the lines of all workers that are done, whatever one of them waits for",
           .why = "one blocking call in the loop, a second read or a wait for the child's end, and everybody waits for the slowest",
           .read = readme(6)});
}

TEST_CASE("waits in select for all pipes") {
    Fetcher fetcher({.workers = 5});
    const Rest rest = fetcher.settle();
    std::string call = "is not there";
    bool selects = false;
    for (const Task& task : fetcher.program.tasks()) {
        if (task.process != fetcher.program.process()) continue;
        bool this_one = task.call == SYS_pselect6;
#ifdef __x86_64__
        this_one = this_one || task.call == SYS_select;
#endif
        selects = selects || this_one;
        call = this_one ? "is asleep in select" : describe_wait(task);
        for (std::size_t worker = 1; this_one && worker <= 5; ++worker) {
            const std::vector<PipeEnd> theirs = fetcher.parents_ends_of(worker);
            if (std::any_of(theirs.begin(), theirs.end(), [&](const PipeEnd& end) {
                    return waits_for_descriptor(task.thread, call_of(task), end.descriptor);
                })) continue;
            selects = false;
            call = "is asleep in select, and the pipe of worker " + std::to_string(worker) + " is not in its set";
        }
    }
    const bool at_rest = rest == Rest::standstill;
    judge({.holds = at_rest && selects,
           .saw = at_rest && selects ? "while 5 workers waited for their servers, the parent was asleep in select"
                                     : "while 5 workers wait for their servers, the parent " + call +
                                           (at_rest ? "" : "; " + wrong_end(fetcher.program, rest)),
           .expected = "the parent blocked in select or pselect, with all pipes in its set",
           .why = "select is the one wait that ends with whoever comes first",
           .read = readme(5)});
}

TEST_CASE("a full pipe holds nobody up") {
    constexpr std::size_t size = 1 << 20;  // a pipe takes 64 KiB
    std::string problem;
    for (const std::vector<std::size_t>& order : {std::vector<std::size_t>{3, 2, 1}, {1, 2, 3}}) {
        Fetcher fetcher({.workers = 3});
        Rest rest = fetcher.settle();
        for (const std::size_t worker : order) fetcher.serve(worker, size);
        rest = fetcher.serve_all(size);  // whoever asks only now
        problem = rest == Rest::standstill ? "all servers have answered, and nobody goes on: " + fetcher.situation()
                                           : wrong_finish(fetcher, rest, lines_of(3, size));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "three bodies of 1 MiB, in two orders: all came through" : problem,
           .expected = "the parent reads a worker's pipe to its end before it waits for the worker's end",
           .why = "a worker that has filled its pipe waits for a reader; a parent that waits for that worker first waits for ever",
           .read = readme(4)});
}

TEST_CASE("a body of any size arrives whole") {
    const std::vector<std::size_t> sizes = {0, 1, 4096, 65'536, 65'537, 16 << 20};
    Fetcher fetcher({.workers = sizes.size()});
    fetcher.settle();
    fetcher.world.serve([&](World& server, const HttpRequest& request) {
        const std::size_t worker = std::stoul(request.path.substr(1));
        server.answer(request, 200, body_of(worker, sizes[worker - 1]));
    });
    const Rest rest = fetcher.settle();
    std::vector<std::string> expected;
    for (std::size_t worker = 1; worker <= sizes.size(); ++worker) expected.push_back(line_of(worker, sizes[worker - 1]));
    std::string problem = wrong_finish(fetcher, rest, expected);
    if (problem.empty() && fetcher.world.requests().size() > sizes.size())
        problem = counted(sizes.size(), "URL", "URLs") + " were asked for " + std::to_string(fetcher.world.requests().size()) + " times";
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "bodies of 0, 1, 4,096, 65,536, 65,537 and 16,777,216 bytes: all of each came" : problem,
           .expected = "\"worker I: BYTES bytes, crc32 XXXXXXXX\" of the whole body",
           .why = "one read returns what is there by now, often less than was sent and never more than there is room for",
           .read = readme(3)});
}

TEST_CASE("writes on when a write took less than it was given") {
    Fetcher fetcher({.workers = 1, .setting = {.policy = {.hold_pipes = true}}});
    fetcher.settle();
    Rest rest = fetcher.serve(1, 20'000);
    std::string problem;
    if (!fetcher.held_of(1, Held::Kind::pipe_write)) problem = "the worker was served, and does not write into a pipe: " + fetcher.situation();
    std::size_t written = 0;
    for (const std::size_t bytes : {1, 2, 100, 4096, 1}) {
        const auto held = fetcher.held_of(1, Held::Kind::pipe_write);
        if (!held) continue;
        fetcher.program.stage().let_go_part(*held, bytes);
        written += std::min(bytes, held->size);
        rest = fetcher.settle();
    }
    if (fetcher.held_of(1, Held::Kind::pipe_write)) rest = fetcher.write_to_the_end(1, &written);
    if (problem.empty() && written < 20'000)
        problem = "of a body of 20,000 bytes the worker wrote " + std::to_string(written) + " into its pipe";
    if (problem.empty()) problem = wrong_finish(fetcher, rest, {line_of(1, 20'000)});
    if (!problem.empty() && written > 0)
        problem = "the worker's writes were taken 1, 2, 100, 4,096 bytes at a time; " + problem;
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "writes that took 1, 2, 100 and 4,096 bytes were continued, and reads put together" : problem,
           .expected = "the worker writes the rest until all is taken; the parent reads until there is an end",
           .why = "write returns how much it took: whoever does not look loses the rest without a word",
           .read = readme(2)});
}

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
    std::vector<std::string> expected = {line_of(1, 3000), "worker 2: failed: 404 Not Found", failed_line(3), line_of(4, 3000), failed_line(5), failed_line(6)};
    problem = first_difference(lines, expected);
    if (problem.empty()) problem = wrong_end(fetcher.program, rest, 1);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "four kinds of failure told, two bodies printed; exit code 1" : problem,
           .expected = "\"worker I: failed: WHY\" for those that failed, \"failed: 404 Not Found\" for that status, the others as ever, exit code 1",
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
        if (!is_line(saw, wanted[i])) return "there is " + in_quotes(saw) + " where " + in_quotes(wanted[i]) + " belongs; " + fetcher.situation();
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
    std::string problem = after_end_of_worker({}, [&](Fetcher& fetcher) { return kill_it(fetcher, SIGTERM); }, killed_by(SIGTERM));
    if (!problem.empty()) problem = "killed while it waited for its server: " + problem;
    if (problem.empty()) {
        problem = after_end_of_worker({.hold_pipes = true}, [&](Fetcher& fetcher) {
            const std::string none = half_a_message(fetcher);
            return none.empty() ? kill_it(fetcher, SIGKILL) : none;
        }, killed_by(SIGKILL));
        if (!problem.empty()) problem = "killed in the middle of its message: " + problem;
    }
    if (problem.empty()) {
        problem = after_end_of_worker({.hold_ends = true}, [&](Fetcher& fetcher) {
            fetcher.serve(2, 3000);
            if (!fetcher.held_of(2, Held::Kind::process_end)) return "worker 2 was served, and does not come to its end: " + fetcher.situation();
            return kill_it(fetcher, SIGKILL);
        }, killed_by(SIGKILL));
        if (!problem.empty()) problem = "killed after a whole message, before it ended: " + problem;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "killed before, in and behind its message: told each time, the others came, exit code 1" : problem,
           .expected = "\"worker 2: failed: killed by signal N\", the other workers' lines, exit code 1",
           .why = "an end of file says that nobody writes any more, not that all was written: the status says how it ended",
           .read = readme(7)});
}

TEST_CASE("tells a message that breaks off") {
    const std::string problem = after_end_of_worker({.hold_pipes = true}, [](Fetcher& fetcher) {
        const std::string none = half_a_message(fetcher);
        if (!none.empty()) return none;
        make_exit(fetcher.held_of(2, Held::Kind::pipe_write)->thread, 0);
        return std::string();
    }, failed_line(2));
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "a worker ended with 0 in the middle of its message: told, and the others came" : problem,
           .expected = "\"worker 2: failed: WHY\", for less came than was announced",
           .why = "a pipe has no notion of a message: unless its length is told beforehand, half of it looks like all of it",
           .read = readme(7)});
}

TEST_CASE("keeps no pipe end that is not its own") {
    Fetcher fetcher({.workers = 4});
    fetcher.settle();
    const pid_t parent = fetcher.program.process();
    std::map<unsigned long, std::set<pid_t>> writers, readers;
    for (const PipeEnd& end : pipe_ends(fetcher.program)) (end.writes ? writers : readers)[end.pipe].insert(end.process);
    std::string problem;
    if (owners(fetcher, 4).size() < 4) problem = "there are no four workers: " + fetcher.situation();
    std::set<pid_t> with_their_own;
    for (const auto& [pipe, who] : writers) {
        if (who.contains(parent) && readers[pipe].contains(parent)) continue;  // perhaps one to wake itself by
        if (who.size() > 1) problem = counted(who.size(), "worker", "workers") + " hold the end to write to of one pipe";
        else if (readers[pipe] != std::set{parent}) problem = "a worker holds an end to read from, which is the parent's";
        else with_their_own.insert(*who.begin());
    }
    for (std::size_t worker = 1; worker <= 4 && problem.empty(); ++worker)
        if (!with_their_own.contains(fetcher.process_of(worker)))
            problem = "worker " + std::to_string(worker) + " has no pipe that the parent has no end to write to of";
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "each worker holds the end to write to of its own pipe, the parent the ends to read from" : problem,
           .expected = "of each pipe one end to write to, in its worker, and one to read from, in the parent",
           .why = "a pipe ends when its last writer has closed: one forgotten copy, and the reader waits for ever",
           .read = readme(4)});
}

TEST_CASE("reaps every child process") {
    Fetcher fetcher({.workers = 4, .setting = {.policy = {.hold_ends = true}}});
    fetcher.settle();
    if (const auto second = fetcher.request_of(2)) fetcher.world.answer(*second, 404);  // who failed is waited for, too
    Rest rest = fetcher.serve_all(100);
    std::string problem;
    std::size_t reaped = 0;
    for (int moves = 0; moves < 200 && rest == Rest::standstill && problem.empty(); ++moves) {
        std::vector<Held> ends = fetcher.program.stage().held(Held::Kind::process_end);
        const bool parent_leaves = std::any_of(ends.begin(), ends.end(), [&](const Held& held) { return held.process == fetcher.program.process(); });
        std::erase_if(ends, [&](const Held& held) { return held.process == fetcher.program.process(); });
        if (parent_leaves) {
            if (!ends.empty()) problem = "the parent left while " + counted(ends.size(), "worker", "workers") + " had a last step to make";
            else if (!fetcher.program.zombies().empty()) problem = "the parent leaves " + counted(fetcher.program.zombies().size(), "zombie", "zombies") + " behind";
            else if (fetcher.program.tasks().size() > 1) problem = "the parent leaves somebody behind: " + fetcher.situation();
            for (const Held& held : fetcher.program.stage().held(Held::Kind::process_end)) fetcher.program.wake(held);
        } else if (!ends.empty()) {
            fetcher.program.wake(ends.back());
            ++reaped;
        } else {
            break;
        }
        rest = fetcher.settle();
    }
    const std::vector<std::string> expected = {line_of(1, 100), "worker 2: failed: 404 Not Found", line_of(3, 100), line_of(4, 100)};
    if (problem.empty()) problem = wrong_finish(fetcher, rest, expected, 1);
    if (problem.empty() && reaped < 4) problem = "only " + std::to_string(reaped) + " of 4 workers were seen at their end";
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "the parent waited for each of 4 workers" : problem,
           .expected = "the parent calls wait, or waitpid, once for each worker before it ends",
           .why = "a child that ended and was not waited for stays in the process table as a zombie",
           .read = readme(4)});
}

TEST_CASE("writes every line at once, into a pipe too") {
    Fetcher fetcher({.workers = 3, .setting = {.out = Child::Out::pipe}});
    Rest rest = fetcher.settle();
    std::string problem;
    for (const std::size_t worker : {1, 2, 3}) {
        rest = fetcher.serve(worker, 100);
        if (fetcher.fresh_lines().empty() && worker != 3)
            problem = "worker " + std::to_string(worker) + " is done, and the pipe that stdout is has no line of it; " + fetcher.situation();
        if (!problem.empty()) break;
    }
    if (problem.empty()) problem = wrong_finish(fetcher, rest, lines_of(3, 100));
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "stdout was a pipe, and each line was in it as soon as it could be" : problem,
           .expected = "each line in the pipe when its worker is done, and once",
           .why = "on a pipe stdio keeps lines in a buffer: late, lost when killed, and printed twice after fork",
           .read = readme(4)});
}

TEST_CASE("has no memory error") {
    std::string problem = no_sanitized_build(Flavour::address_sanitizer);
    if (problem.empty()) {
        Fetcher fetcher({.workers = 4, .strange = {"nonsense"}, .setting = sanitized(Flavour::address_sanitizer), .flavour = Flavour::address_sanitizer});
        fetcher.settle();
        const Rest rest = fetcher.serve_all(70'000);
        problem = found_by_sanitizer(fetcher.program);
        std::vector<std::string> lines = fetcher.program.lines(), expected = lines_of(4, 70'000);
        std::erase_if(lines, [](const std::string& line) { return line.find(": failed: ") != std::string::npos; });
        std::sort(lines.begin(), lines.end());
        if (problem.empty()) problem = wrong_end(fetcher.program, rest, 1);
        if (problem.empty() && lines != expected) problem = "of 4 workers there is " + list_in_quotes(lines);
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "5 workers under AddressSanitizer and UBSan, to the end: nothing to report" : problem,
           .expected = "no use of memory that is not there any more, or was never the program's",
           .why = "read and write take an address and a number, and believe both",
           .read = readme(7)});
}

TEST_CASE("does not busy-wait") {
    Fetcher fetcher({.workers = 3});
    std::string problem;
    Rest rest = fetcher.settle();
    const auto look = [&](const std::string& when) {
        if (!problem.empty() || rest == Rest::standstill) return;
        problem = when + ": " + (rest == Rest::spinning ? "somebody burns processor time: " + fetcher.situation() : wrong_end(fetcher.program, rest));
    };
    look("no server has answered yet");
    if (problem.empty()) {
        rest = fetcher.serve(2, 100);
        look("worker 2 is done, the others are not");
    }
    if (problem.empty()) {
        Fetcher stays({.workers = 3, .setting = {.policy = {.hold_ends = true, .hold_pipes = true}}});
        problem = closes_and_stays(stays, 1);
        rest = stays.settle();
        if (problem.empty() && rest == Rest::spinning)
            problem = "worker 1 has closed its pipe and does not end: somebody burns processor time: " + stays.situation();
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "while servers were withheld, nobody used the processor, nor when a worker had closed its pipe and did not end" : problem,
           .expected = "whoever waits is blocked: in a read, in select, in waitpid, not in a loop that looks again",
           .why = "a loop that looks again and again takes the processor from those it waits for",
           .read = readme(5)});
}

TEST_CASE("refuses bad flags") {
    std::vector<std::string> too_many(501, "http://127.0.0.1:1/");
    judge_refusals({{{}, {"URL"}}, {{"--bogus", "http://127.0.0.1:1/"}, {"--bogus"}}, {too_many, {"URL"}}}, readme(7));
}
