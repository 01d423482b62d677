// Chapter 5, fetch_threads: what threads that hand their results to main must do. Each test case is one
// criterion, run by itself; points are in labs/labs.json.
#include "bench/catch.hpp"
#include "ch05_shared_memory/shared_memory.hpp"
#include "ch05_shared_memory/worker_threads.hpp"
#include "grader/contain/room.hpp"

#include <algorithm>
#include <set>

namespace {

// Three orders in which four workers may be done.
const std::vector<std::vector<std::size_t>> orders = {{4, 3, 2, 1}, {2, 4, 1, 3}, {1, 2, 3, 4}};

}  // namespace

TEST_CASE("each URL is fetched by a thread of its own") {
    WorkerThreads fetching({.workers = 4});
    Rest rest = fetching.settle();
    std::set<pid_t> threads;
    const std::string situation = fetching.situation();
    while (rest != Rest::ended &&
           !fetching.world.in_flight().empty()) {  // one at a time is another criterion's business
        for (const pid_t thread : fetching.askers()) threads.insert(thread);
        const std::size_t worker = std::stoul(fetching.world.in_flight().front().path.substr(1));
        rest = fetching.serve(worker, 100);
    }
    judge({.holds = threads.size() >= 4,
           .saw = "4 URLs, asked by " + counted(threads.size(), "thread", "threads") +
                  " of the program; before the first answer, " + situation,
           .expected = "4 threads of one process, each asking for one URL",
           .why = "a thread that waits for one server can do nothing else; one for each URL can wait for all",
           .read = readme(1)});
}

TEST_CASE("all workers fetch at once") {
    constexpr std::size_t files_each = 3;  // libcurl opens a pair to wake itself, beside the connection
    const std::size_t most = at_once(500, files_each);
    std::string problem;
    for (const std::size_t workers : {std::size_t{1}, std::size_t{5}, std::min<std::size_t>(most, 65), most}) {
        WorkerThreads fetching({.workers = workers});
        fetching.settle();
        const std::size_t asked = fetching.world.in_flight().size();
        if (asked < workers)
            problem = "of " + std::to_string(workers) + " URLs, " + std::to_string(asked) +
                      " were asked for before the first answer: " + fetching.situation();
        const Rest rest = fetching.serve_all(100);
        if (problem.empty()) problem = fetching.wrong_finish(rest, lines_of(workers, 100));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "1, 5, 65 and " + std::to_string(most) + " requests in flight before the first was answered"
                      : problem,
           .expected = "every thread started before main waits for any of them",
           .why = "asked in turn, the waiting times add up; asked at once, the longest alone counts",
           .read = readme(1)});
}

TEST_CASE("prints each line as its worker is done") {
    std::string problem;
    for (const std::vector<std::size_t>& order : orders) {
        WorkerThreads fetching({.workers = 4});
        Rest rest = fetching.settle();
        for (const std::size_t worker : order) {
            rest = fetching.serve(worker, 5000);
            const std::vector<std::string> lines = fetching.fresh_lines();
            if (lines == std::vector<std::string>{line_of(worker, 5000)}) continue;
            problem = "when worker " + std::to_string(worker) + " was done, there came " + list_in_quotes(lines) +
                      "; " + fetching.situation();
            break;
        }
        if (problem.empty()) problem = wrong_end(fetching.program, rest);
        if (problem.empty()) {  // several at once
            WorkerThreads all({.workers = 6});
            all.settle();
            problem = all.wrong_finish(all.serve_all(70'000), lines_of(6, 70'000));
        }
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "in three orders of being done, and all at once: each line followed its worker"
                                  : problem,
           .expected = "whichever worker is done, its line, and no other",
           .why = "who joins the threads one after the other hears the fast ones only after the slow ones",
           .read = readme(3)});
}

TEST_CASE("a worker that is stuck holds no other back") {
    WorkerThreads fetching({.workers = 4});
    fetching.settle();
    if (const auto slow = fetching.request_of(2)) {
        fetching.world.send(*slow, "HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + body_of(2, 40'000));
        fetching.settle();
    }
    fetching.serve(4, 100);
    fetching.serve(3, 100);
    const std::vector<std::string> expected = {line_of(4, 100), line_of(3, 100)}, lines = fetching.program.lines();
    judge({.holds = lines == expected,
           .saw = "worker 1's server is silent, worker 2's has sent a half, 4 and 3 are done, and there is " +
                  list_in_quotes(lines) + (lines == expected ? "" : "; " + fetching.situation()),
           .expected = "the lines of all workers that are done, whatever the others wait for",
           .why = "nobody may hold the lock, nor main's attention, while it waits for a server",
           .read = readme(3)});
}

TEST_CASE("main alone prints") {
    WorkerThreads fetching({.workers = 4});
    fetching.settle();
    std::string problem = fetching.wrong_finish(fetching.serve_all(100), lines_of(4, 100));
    for (const Event& event : fetching.program.stage().trace.events) {
        if (!problem.empty() || event.kind != Event::Kind::writes || event.thread == fetching.program.process())
            continue;
        problem = "another thread than main wrote " + in_quotes(event.text.substr(0, event.text.find('\n')));
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "4 lines, each written by the main thread" : problem,
           .expected = "workers leave results in shared memory; main takes them out and prints them",
           .why = "the lesson is the handing over: memory that is written by one thread and read by another",
           .read = readme(3)});
}

TEST_CASE("main sleeps until there is a result") {
    std::string problem;
    WorkerThreads fetching({.workers = 3});
    Rest rest = fetching.program.settle();  // nobody is let go here
    const auto look = [&](const std::string& when) {
        if (!problem.empty()) return;
        const std::vector<Held> sleepers = fetching.program.asleep();
        const auto main = fetching.main();
        if (rest == Rest::spinning) problem = when + ", somebody burns processor time: " + fetching.situation();
        else if (rest != Rest::standstill || !main) problem = when + ": " + wrong_end(fetching.program, rest);
        else if (fetching.world.in_flight().empty()) problem = when + ": " + fetching.situation();
        for (const Held& held : sleepers)
            if (problem.empty() && held.thread == fetching.program.process())
                problem = when + ", main sleeps for " + in_words(held.asked) + ", to look again then";
    };
    look("no server has answered yet");
    if (problem.empty()) {
        fetching.world.answer(*fetching.request_of(2), 200, body_of(2, 100));
        rest = fetching.program.settle();
        if (fetching.program.lines() != std::vector<std::string>{line_of(2, 100)})
            problem = "worker 2 is done, and nobody told main so: " + fetching.situation();
        look("worker 2 is done, the others are not");
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "while no result was there, main was asleep without a limit, and woke when one came"
                                  : problem,
           .expected = "main blocked in a wait that the worker ends: a condition variable, a semaphore",
           .why = "who looks again now and then is late, and takes the processor from those it waits for",
           .read = readme(2)});
}

TEST_CASE("no result is lost while main is busy") {
    std::string problem;
    for (const std::vector<std::size_t>& order : orders) {
        WorkerThreads fetching({.workers = 4, .setting = {.policy = {.hold_writes = true}}});
        Rest rest = fetching.settle();
        for (const std::size_t worker : order)
            rest = fetching.serve(worker, 100);  // main stands in front of its first line
        if (rest != Rest::ended && fetching.program.stage().held(Held::Kind::write).empty())
            problem = "four workers are done, and main has nothing to print: " + fetching.situation();
        for (int moves = 0; moves < 100 && rest == Rest::standstill; ++moves) {
            const std::vector<Held> writes = fetching.program.stage().held(Held::Kind::write);
            if (writes.empty()) break;
            fetching.program.wake(writes.front());
            rest = fetching.settle();
        }
        if (problem.empty()) problem = fetching.wrong_finish(rest, lines_of(4, 100));
        if (!problem.empty()) break;
    }
    if (!problem.empty())
        problem =
            "main was held while it printed its first line, and the other workers were done meanwhile; " + problem;
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "main was held at its first line while three more workers were done: all lines came"
                                  : problem,
           .expected = "main looks whether there is a result before it sleeps, and takes every one that is there",
           .why = "a notify that nobody waits for is gone; what counts is the state under the lock (lost wake-up)",
           .read = readme(2)});
}

TEST_CASE("a body of any size arrives whole") {
    const std::vector<std::size_t> sizes = {0, 1, 4096, 65'536, 65'537, 16 << 20};
    WorkerThreads fetching({.workers = sizes.size()});
    fetching.settle();
    fetching.world.serve([&](World& server, const HttpRequest& request) {
        const std::size_t worker = std::stoul(request.path.substr(1));
        server.answer(request, 200, body_of(worker, sizes[worker - 1]));
    });
    const Rest rest = fetching.settle();
    std::vector<std::string> expected;
    for (std::size_t worker = 1; worker <= sizes.size(); ++worker)
        expected.push_back(line_of(worker, sizes[worker - 1]));
    std::string problem = fetching.wrong_finish(rest, expected);
    if (problem.empty() && fetching.world.requests().size() > sizes.size())
        problem = counted(sizes.size(), "URL", "URLs") + " were asked for " +
                  std::to_string(fetching.world.requests().size()) + " times";
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "bodies of 0 to 16,777,216 bytes: all of each came, asked for once" : problem,
           .expected = "\"worker I: BYTES bytes, crc32 XXXXXXXX\" of the whole body, one request a URL",
           .why = "what the threads share must hold whatever comes",
           .read = readme(3)});
}

TEST_CASE("tells each failure alone, and exits 1") {
    WorkerThreads fetching({.workers = 4, .strange = {"http://127.0.0.1:1/refused", "nonsense"}});
    fetching.settle();
    fetching.world.serve([](World& server, const HttpRequest& request) {
        if (request.path == "/4") return;  // a good one, and the last of all
        if (request.path == "/2") return server.answer(request, 404, "nothing here");
        if (request.path != "/3") return server.answer(request, 200, body_of(std::stoul(request.path.substr(1)), 3000));
        server.send(request, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nno more");
        server.finish(request);
    });
    fetching.settle();
    const Rest rest = fetching.serve(4, 3000);
    const std::string problem =
        fetching.wrong_finish(rest,
                              {line_of(1, 3000), "worker 2: failed: 404 Not Found", failed_line(3), line_of(4, 3000),
                               failed_line(5), failed_line(6)},
                              1);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "four kinds of failure told, two bodies printed; exit code 1" : problem,
           .expected = "\"worker I: failed: WHY\" for those that failed, \"failed: 404 Not Found\" for that status, "
                       "the others as ever, exit code 1",
           .why = "one server that is away is no reason to lose the bodies of the others, nor to say that all is well",
           .read = readme(3)});
}

TEST_CASE("writes every line at once, into a pipe too") {
    WorkerThreads fetching({.workers = 3, .setting = {.out = Child::Out::pipe}});
    Rest rest = fetching.settle();
    std::string problem;
    for (const std::size_t worker : {1, 2, 3}) {
        rest = fetching.serve(worker, 100);
        if (fetching.fresh_lines().empty() && worker != 3)
            problem = "worker " + std::to_string(worker) + " is done, and the pipe that stdout is has no line of it; " +
                      fetching.situation();
        if (!problem.empty()) break;
    }
    if (problem.empty()) problem = fetching.wrong_finish(rest, lines_of(3, 100));
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "stdout was a pipe, and each line was in it as soon as it could be" : problem,
           .expected = "each line in the pipe when its worker is done",
           .why = "on a pipe stdio keeps lines in a buffer: whoever reads them waits for the slowest URL",
           .read = readme(3)});
}

TEST_CASE("does not busy-wait") {
    WorkerThreads fetching({.workers = 3});
    Rest rest = fetching.settle();
    std::string problem;
    const auto look = [&](const std::string& when) {
        if (!problem.empty() || rest == Rest::standstill) return;
        problem = when + ": " +
                  (rest == Rest::spinning ? "somebody burns processor time: " + fetching.situation()
                                          : wrong_end(fetching.program, rest));
    };
    look("no server has answered yet");
    if (problem.empty()) rest = fetching.serve(2, 100);
    look("worker 2 is done, the others are not");
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "while servers were withheld, nobody used the processor (2 looks)" : problem,
           .expected = "whoever waits is blocked: in a read, in a wait, not in a loop that looks again",
           .why = "a loop that looks again and again takes the processor from those it waits for",
           .read = readme(2)});
}

std::string fetch_threads_joins(std::size_t& joined) {
    std::string problem;
    for (std::size_t kept = 0; kept < 4 && problem.empty(); ++kept) {  // each of them is the last once
        WorkerThreads fetching({.workers = 4, .setting = {.policy = {.hold_ends = true}}});
        fetching.settle();
        fetching.world.serve([](World& server, const HttpRequest& request) {
            server.answer(request, 200, body_of(std::stoul(request.path.substr(1)), 100));
        });
        const auto run = [&] { fetching.settle(); };
        problem = wrong_joins(fetching.program, run, joined, kept);
        if (problem.empty()) problem = fetching.wrong_finish(Rest::ended, lines_of(4, 100));
    }
    return problem;
}

std::string fetch_threads_sanitized(Flavour flavour) {
    const std::size_t workers = flavour == Flavour::address_sanitizer ? 70 : 12;
    WorkerThreads fetching(
        {.workers = workers, .strange = {"nonsense"}, .setting = sanitized(flavour), .flavour = flavour});
    fetching.settle();
    for (std::size_t worker = 1; worker <= 4; ++worker) fetching.serve(worker, 3000);
    const Rest rest = fetching.serve_all(3000);
    if (const std::string wrong = wrong_sanitized_run(fetching.program, rest, 1); !wrong.empty()) return wrong;
    std::vector<std::string> expected = lines_of(workers, 3000);
    expected.push_back(failed_line(workers + 1));
    return fetching.wrong_finish(rest, expected, 1);
}

void refuse_bad_urls() {
    std::vector<std::string> too_many(501, "http://127.0.0.1:1/");
    judge_refusals({{{}, {"URL"}}, {{"--bogus", "http://127.0.0.1:1/"}, {"--bogus"}}, {too_many, {"URL"}}}, readme(3));
}
