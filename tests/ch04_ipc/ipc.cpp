// Chapter 4: what a parent that fetches by child processes must do. Each test case is one criterion, run
// by itself, for the program that ./kit grade names; points are in labs/labs.json.
#include "bench/catch.hpp"
#include "ch04_ipc/fetcher.hpp"
#include "grader/contain/room.hpp"
#include "grader/stage/injector.hpp"

#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <set>

TEST_CASE("each URL is fetched by a child process of its own") {
    Fetcher fetcher({.workers = 4});
    fetcher.settle();
    for (std::size_t turn = 1; turn < 4 && fetcher.processes().size() < 4;
         ++turn)  // one at a time is another criterion's business
        for (std::size_t worker = 1; worker <= 4; ++worker) fetcher.serve(worker, 100);
    std::set<pid_t> processes = fetcher.processes();
    const bool parent_fetches = processes.erase(fetcher.program.process()) > 0;
    judge({.holds = processes.size() == 4 && !parent_fetches,
           .saw = "4 URLs, asked by " + counted(processes.size(), "child process", "child processes") +
                  (parent_fetches ? " and by the parent; " : "; ") + fetcher.situation(),
           .expected = "4 child processes, each asking for one URL",
           .why = "a process has memory of its own: what goes wrong in one worker cannot spoil another, nor the parent",
           .read = readme(2)});
}

TEST_CASE("all workers fetch at once") {
    // One more than a power of two; for select the most there are: two descriptors each are as many as a set holds.
    const std::size_t most = at_once(uses_select() ? 500 : 257);
    std::string problem;
    for (const std::size_t workers : {std::size_t{5}, most}) {
        Fetcher fetcher({.workers = workers});
        fetcher.settle();
        const std::size_t asked = fetcher.world.in_flight().size();
        if (asked < workers)
            problem = "of " + std::to_string(workers) + " URLs, " + std::to_string(asked) +
                      " were asked for before the first answer: " + fetcher.situation();
        const Rest rest = fetcher.serve_all(100);
        if (problem.empty()) problem = fetcher.wrong_finish(rest, lines_of(workers, 100));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "5 and " + std::to_string(most) + " requests in flight before the first answer"
                                  : problem,
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
           .saw = problem.empty()
                      ? "in three orders of being done, the lines came in the order of the URLs, as soon as they could"
                      : problem,
           .expected = "worker 1's line as soon as worker 1 is done, then worker 2's, whoever was done first",
           .why = "pipe after pipe is simple and keeps the order; what it costs is the subject of task 1B",
           .read = readme(3)});
}

namespace {

// Brings a worker to where its message is written, its pipe is closed, and its end is held. Why not, or "".
std::string closes_and_stays(Fetcher& fetcher, std::size_t worker) {
    fetcher.settle();
    fetcher.serve(worker, 100);
    const auto first = fetcher.held_of(worker, Held::Kind::pipe_write);
    if (!first)
        return "worker " + std::to_string(worker) +
               " was served, and does not write into a pipe: " + fetcher.situation();
    const unsigned long pipe = pipe_of(first->process, first->descriptor);
    fetcher.write_to_the_end(worker);
    const auto end = fetcher.held_of(worker, Held::Kind::process_end);
    if (!end)
        return "worker " + std::to_string(worker) + " was served, and does not come to its end: " + fetcher.situation();
    for (const PipeEnd& own : pipe_ends(fetcher.program))
        for (const Task& task : fetcher.program.tasks())
            if (task.thread == end->thread && own.process == end->process && own.writes && own.pipe == pipe)
                make_close(task, own.descriptor);
    return "";
}

// Its pipe is at an end and it is not, yet: who looks only once whether it has ended never prints its line.
std::string line_of_one_that_ends_later() {
    Fetcher fetcher({.workers = 2, .setting = {.policy = {.hold_ends = true, .hold_pipes = true}}});
    const std::string problem = closes_and_stays(fetcher, 1);
    if (!problem.empty()) return problem;
    fetcher.settle();
    if (const auto end = fetcher.held_of(1, Held::Kind::process_end)) fetcher.program.wake(*end);
    fetcher.settle();
    if (fetcher.fresh_lines() == std::vector<std::string>{line_of(1, 100)}) return "";
    return "worker 1 has closed its pipe, and ended a moment later, and its line does not come; " + fetcher.situation();
}

}  // namespace

TEST_CASE("prints each line as its worker is done") {
    std::string problem;
    for (const std::vector<std::size_t>& order : {std::vector<std::size_t>{4, 3, 2, 1}, {2, 4, 1, 3}, {1, 2, 3, 4}}) {
        Fetcher fetcher({.workers = 4});
        Rest rest = fetcher.settle();
        for (const std::size_t worker : order) {
            rest = fetcher.serve(worker, 5000);
            const std::vector<std::string> lines = fetcher.fresh_lines();
            if (lines != std::vector<std::string>{line_of(worker, 5000)})
                problem = "when worker " + std::to_string(worker) + " was done, there came " + list_in_quotes(lines) +
                          "; " + fetcher.situation();
            if (!problem.empty()) break;
        }
        if (problem.empty()) problem = wrong_end(fetcher.program, rest);
        if (problem.empty()) {  // several ready at once
            Fetcher all({.workers = 6});
            all.settle();
            problem = all.wrong_finish(all.serve_all(70'000), lines_of(6, 70'000));
        }
        if (!problem.empty()) break;
    }
    if (problem.empty()) problem = line_of_one_that_ends_later();
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "in three orders of being done, and all at once: each line followed its worker"
                                  : problem,
           .expected = "whichever worker is done, its line, and no other",
           .why = "who waits for one pipe at a time hears the fast workers only after the slow ones",
           .read = readme(5)});
}

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
        if (const auto held = fetcher.held_of(1, Held::Kind::pipe_write))
            fetcher.program.stage().let_go_part(*held, 4000);
        fetcher.settle();
        for (const std::size_t worker : {3, 2}) {
            fetcher.serve(worker, 100);
            fetcher.write_to_the_end(worker);
            const std::vector<std::string> lines = fetcher.fresh_lines();
            if (lines == std::vector<std::string>{line_of(worker, 100)}) continue;
            problem = "worker 1 has sent a part of its message, worker " + std::to_string(worker) +
                      " is done, and there came " + list_in_quotes(lines) + "; " + fetcher.situation();
            break;
        }
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "a worker without an answer, and one in the middle of its message: the others' "
                                    "lines came"
                                  : problem,
           .expected = "the lines of all workers that are done, whatever one of them waits for",
           .why = "one blocking call in the loop, such as a second read, and everybody waits for the slowest",
           .read = readme(5)});
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
                }))
                continue;
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
                                           : fetcher.wrong_finish(rest, lines_of(3, size));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "three bodies of 1 MiB, in two orders: all came through" : problem,
           .expected = "the parent reads a worker's pipe to its end before it waits for the worker's end",
           .why = "a worker that has filled its pipe waits for a reader; a parent that waits for that worker first "
                  "waits for ever",
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
    for (std::size_t worker = 1; worker <= sizes.size(); ++worker)
        expected.push_back(line_of(worker, sizes[worker - 1]));
    std::string problem = fetcher.wrong_finish(rest, expected);
    if (problem.empty() && fetcher.world.requests().size() > sizes.size())
        problem = counted(sizes.size(), "URL", "URLs") + " were asked for " +
                  std::to_string(fetcher.world.requests().size()) + " times";
    judge(
        {.holds = problem.empty(),
         .saw =
             problem.empty() ? "bodies of 0, 1, 4,096, 65,536, 65,537 and 16,777,216 bytes: all of each came" : problem,
         .expected = "\"worker I: BYTES bytes, crc32 XXXXXXXX\" of the whole body",
         .why = "one read returns what is there by now, often less than was sent and never more than there is room for",
         .read = readme(3)});
}

TEST_CASE("writes on when a write took less than it was given") {
    Fetcher fetcher({.workers = 1, .setting = {.policy = {.hold_pipes = true}}});
    fetcher.settle();
    Rest rest = fetcher.serve(1, 20'000);
    std::string problem;
    if (!fetcher.held_of(1, Held::Kind::pipe_write))
        problem = "the worker was served, and does not write into a pipe: " + fetcher.situation();
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
    if (problem.empty()) problem = fetcher.wrong_finish(rest, {line_of(1, 20'000)});
    if (!problem.empty() && written > 0)
        problem = "the worker's writes were taken 1, 2, 100, 4,096 bytes at a time; " + problem;
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "writes that took 1, 2, 100 and 4,096 bytes were continued, and reads put together"
                                  : problem,
           .expected = "the worker writes the rest until all is taken; the parent reads until there is an end",
           .why = "write returns how much it took: whoever does not look loses the rest without a word",
           .read = readme(2)});
}

TEST_CASE("writes every line at once, into a pipe too") {
    Fetcher fetcher({.workers = 3, .setting = {.out = Child::Out::pipe}});
    Rest rest = fetcher.settle();
    std::string problem;
    for (const std::size_t worker : {1, 2, 3}) {
        rest = fetcher.serve(worker, 100);
        if (fetcher.fresh_lines().empty() && worker != 3)
            problem = "worker " + std::to_string(worker) + " is done, and the pipe that stdout is has no line of it; " +
                      fetcher.situation();
        if (!problem.empty()) break;
    }
    if (problem.empty()) problem = fetcher.wrong_finish(rest, lines_of(3, 100));
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "stdout was a pipe, and each line was in it as soon as it could be" : problem,
           .expected = "each line in the pipe when its worker is done, and once",
           .why = "on a pipe stdio keeps lines in a buffer: late, lost when killed, and printed twice after fork",
           .read = readme(4)});
}

namespace {

// Runs a sanitized build as far as it gets, one worker after the other and then all the others at once; what the
// sanitizer said, in short, or what else went wrong.
std::string sanitized_run(Flavour flavour, std::size_t workers) {
    if (const std::string none = no_sanitized_build(flavour); !none.empty()) return none;
    Fetcher fetcher({.workers = workers, .strange = {"nonsense"}, .setting = sanitized(flavour), .flavour = flavour});
    fetcher.settle();
    for (const std::size_t worker : {2, 1}) fetcher.serve(worker, 70'000);
    const Rest rest = fetcher.serve_all(70'000);
    std::string problem = wrong_sanitized_run(fetcher.program, rest, 1);
    // ThreadSanitizer puts a handler off until the program calls what it knows. It does not know pselect: a right
    // program may sleep there for ever. Who hangs by itself is caught by other criteria.
    if (flavour == Flavour::thread_sanitizer && rest != Rest::ended) return found_by_sanitizer(fetcher.program);
    std::vector<std::string> lines = fetcher.program.lines(), expected = lines_of(workers, 70'000);
    std::erase_if(lines, [](const std::string& line) { return line.find(": failed: ") != std::string::npos; });
    std::sort(lines.begin(), lines.end());
    std::sort(expected.begin(), expected.end());
    return problem.empty() ? first_difference(lines, expected) : problem;
}

}  // namespace

TEST_CASE("has no memory error") {
    const std::string problem = sanitized_run(Flavour::address_sanitizer, 65);
    judge({.holds = problem.empty(),
           .saw =
               problem.empty() ? "66 workers under AddressSanitizer and UBSan, to the end: nothing to report" : problem,
           .expected = "no use of memory that is not there any more, or was never the program's",
           .why = "read and write take an address and a number, and believe both",
           .read = readme(7)});
}

TEST_CASE("has no data race or unsafe signal handler") {
    const std::string problem = sanitized_run(Flavour::thread_sanitizer, 4);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "5 workers under ThreadSanitizer: nothing to report" : problem,
           .expected = "a handler that allocates, prints and locks nothing and leaves errno as it was; no memory that "
                       "one thread writes while another uses it without a lock or an atomic",
           .why = "a signal comes in the middle of anything, of malloc too: one that allocates finds it half done",
           .read = readme(6)});
}

TEST_CASE("does not busy-wait") {
    Fetcher fetcher({.workers = 3});
    std::string problem;
    Rest rest = fetcher.settle();
    const auto look = [&](const std::string& when) {
        if (!problem.empty() || rest == Rest::standstill) return;
        problem = when + ": " +
                  (rest == Rest::spinning ? "somebody burns processor time: " + fetcher.situation()
                                          : wrong_end(fetcher.program, rest));
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
            problem =
                "worker 1 has closed its pipe and does not end: somebody burns processor time: " + stays.situation();
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "while servers were withheld, nobody used the processor, nor when a worker had "
                                    "closed its pipe and did not end"
                                  : problem,
           .expected = "whoever waits is blocked: in a read, in select, in waitpid, not in a loop that looks again",
           .why = "a loop that looks again and again takes the processor from those it waits for",
           .read = readme(5)});
}

TEST_CASE("refuses bad flags") {
    std::vector<std::string> too_many(501, "http://127.0.0.1:1/");
    judge_refusals({{{}, {"URL"}}, {{"--bogus", "http://127.0.0.1:1/"}, {"--bogus"}}, {too_many, {"URL"}}}, readme(7));
}
