// Chapter 5, fetch_threads: what threads that hand their results to main must do. Each test case is one
// criterion, run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/fetch_claims.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"
#include "ch05_shared_memory/shared_memory.hpp"
#include "ch05_shared_memory/worker_threads.hpp"
#include "grader/contain/room.hpp"

#include <algorithm>
#include <set>

TEST_CASE("each URL is fetched by a thread of its own") {
    WorkerThreads fetching({.workers = 4});
    Rest rest = fetching.settle();
    std::set<pid_t> threads;
    const std::string situation = fetching.situation();
    while (rest != Rest::ended && !fetching.world.in_flight().empty()) {  // another criterion is about one at a time
        for (const pid_t thread : fetching.askers()) threads.insert(thread);
        rest = fetching.serve(worker_asking(fetching.world.in_flight().front()), 100);
    }
    judge(
        {.holds = threads.size() >= 4,
         .saw = counted(threads.size(), "thread", "threads") +
                " of the program asked for the 4 URLs; before the first answer, " + situation,
         .expected = "the program has 4 threads in one process, and each asks for one URL",
         .why =
             "a thread that waits for one server can do nothing else; with one thread per URL, all waits go on at once",
         .read = readme(3)});
}

TEST_CASE("all workers fetch at once") {
    const std::size_t most = at_once(500, files_each);
    judge(not_all_at_once(start_worker_threads, {1, 5, std::min<std::size_t>(most, 65), most}),
          {.saw = "1, 5, 65 and " + std::to_string(most) + " requests were in flight before the first answer",
           .expected = "main starts every thread before it waits for any of them",
           .why = "one after the other, the waits add up; at once, only the longest one counts",
           .read = readme(3)});
}

TEST_CASE("prints each line as its worker is done") {
    judge(not_as_workers_are_done(start_worker_threads),
          {.saw = "the workers were done in three orders, and all at once: each line came when its worker was done",
           .expected = "the program prints the line of the worker that is done, and no other",
           .why = "if main joins the threads one after the other, it hears the fast ones only after the slow ones",
           .read = readme(3)});
}

TEST_CASE("a worker that is stuck holds no other back") {
    judge(held_back_by_a_server(start_worker_threads),
          {.saw = "worker 1's server was silent, worker 2's had sent half a body: the lines of workers 4 and 3 came",
           .expected = "the program prints the lines of all workers that are done, whatever another one waits for",
           .why = "a worker that waits for its server may not hold the lock, nor may main wait for that one worker",
           .read = readme(3)});
}

namespace {

std::string others_print() {
    WorkerThreads fetching({.workers = 4});
    fetching.settle();
    const std::string problem = fetching.wrong_finish(fetching.serve_all(100), lines_of(4, 100));
    if (!problem.empty()) return problem;
    for (const Event& event : fetching.program.stage().trace.events)
        if (event.kind == Event::Kind::writes && event.thread != fetching.program.process())
            return "a thread other than main printed " + in_quotes(event.text.substr(0, event.text.find('\n')));
    return "";
}

}  // namespace

TEST_CASE("main alone prints") {
    judge(others_print(),
          {.saw = "the main thread printed all 4 lines",
           .expected = "the workers leave their results in shared memory; main takes them out and prints them",
           .why = "the lesson is handing results over: one thread writes memory that another one reads",
           .read = readme(3)});
}

namespace {

// Main sleeps without a limit, where nothing has happened since `when`: what else it does, or "".
std::string main_is_awake(WorkerThreads& fetching, Rest rest, const std::string& when) {
    if (rest == Rest::spinning)
        return "a thread uses the processor all the time, " + when + "; " + fetching.situation();
    if (rest != Rest::standstill || !fetching.main()) return fetching.wrong_end(rest) + "; this was " + when;
    if (fetching.world.in_flight().empty()) return "no request is in flight " + when + "; " + fetching.situation();
    for (const Held& held : fetching.program.asleep())
        if (held.thread == fetching.program.process())
            return "main sleeps for " + in_words(held.asked) + " and then looks again, " + when;
    return "";
}

std::string main_is_awake() {
    WorkerThreads fetching({.workers = 3});
    const std::string problem = main_is_awake(fetching, fetching.program.settle(), "before the first server answers");
    if (!problem.empty()) return problem;
    fetching.world.answer(*fetching.request_of(2), 200, body_of(2, 100));
    const Rest rest = fetching.program.settle();  // no sleeper is let go here, nor before
    if (fetching.program.lines() != Words{line_of(2, 100)})
        return "worker 2 is done, and main did not wake to print its line: " + fetching.situation();
    return main_is_awake(fetching, rest, "while worker 2 is done and the others are not");
}

}  // namespace

TEST_CASE("main sleeps until there is a result") {
    judge(main_is_awake(),
          {.saw = "main slept without a time limit while there was no result, and woke when one came",
           .expected = "main is blocked in a wait that the worker ends: a condition variable, a semaphore",
           .why = "a thread that looks again now and then is late, and takes the processor from those it waits for",
           .read = readme(2)});
}

namespace {

// Main is held in front of its first line while workers are done in this order.
std::string loses_a_result(const std::vector<std::size_t>& order) {
    WorkerThreads fetching({.workers = order.size()}, {.policy = {.hold_writes = true}});
    Rest rest = fetching.settle();
    for (const std::size_t worker : order) rest = fetching.serve(worker, 100);
    if (rest != Rest::ended && fetching.program.stage().held(Held::Kind::write).empty())
        return "four workers are done, and main prints nothing: " + fetching.situation();
    for (int moves = 0; moves < 100 && rest == Rest::standstill; ++moves) {
        const std::vector<Held> writes = fetching.program.stage().held(Held::Kind::write);
        if (writes.empty()) break;
        fetching.program.wake(writes.front());
        rest = fetching.settle();
    }
    return fetching.wrong_finish(rest, lines_of(order.size(), 100));
}

std::string loses_a_result() {
    for (const std::vector<std::size_t>& order : orders_of_four) {
        const std::string problem = loses_a_result(order);
        if (!problem.empty())
            return problem + "; this was after main was held at its first line until all workers were done";
    }
    return "";
}

}  // namespace

TEST_CASE("no result is lost while main is busy") {
    judge(
        loses_a_result(),
        {.saw = "main was held at its first line until three more workers were done: all lines came",
         .expected = "main looks whether there is a result before it sleeps, and takes every one that is there",
         .why = "a notify is gone when no thread waits for it; what counts is the state under the lock (lost wake-up)",
         .read = readme(2)});
}

TEST_CASE("a body of any size arrives whole") {
    judge(wrong_bodies(start_worker_threads),
          {.saw = "bodies of 0 to 16,777,216 bytes arrived whole, with one request per URL",
           .expected = "the program prints \"worker I: BYTES bytes, crc32 XXXXXXXX\" for the whole body, and sends one "
                       "request per URL",
           .why = "what the threads share must have room for any body, of no bytes or of many",
           .read = readme(3)});
}

TEST_CASE("tells each failure alone, and exits 1") {
    judge(standing::each_failure_alone,
          {.problem = wrong_failures(start_worker_threads, 4),
           .saw = "four URLs failed in four ways, each with a line of its own; two bodies arrived; the exit code was 1",
           .read = readme(3),
           .form = "the program prints \"worker I: failed: WHY\", with \"404 Not Found\" for that status"});
}

TEST_CASE("writes every line at once, into a pipe too") {
    judge(standing::lines_at_once, {.problem = late_in_a_pipe(start_worker_threads),
                                    .saw = "with stdout a pipe, each line arrived as soon as it could",
                                    .read = readme(3)});
}

TEST_CASE("does not busy-wait") {
    judge(standing::no_busy_wait, {.problem = busy_while_servers_wait(start_worker_threads),
                                   .saw = "no thread used the processor while servers were withheld (2 looks)",
                                   .read = readme(2)});
}

Joins fetch_threads_joins() {
    return joins_with_each_last(4, [](std::size_t kept) {
        WorkerThreads fetching({.workers = 4}, {.policy = {.hold_ends = true}});
        fetching.settle();
        fetching.world.serve([](World& server, const HttpRequest& request) {
            server.answer(request, 200, body_of(worker_asking(request), 100));
        });
        Joins joins = joins_of(
            fetching.program, [&] { fetching.settle(); }, kept);
        if (joins.problem.empty()) joins.problem = fetching.wrong_finish(Rest::ended, lines_of(4, 100));
        return joins;
    });
}

std::string fetch_threads_sanitized(Flavour flavour) {
    const std::size_t workers = flavour == Flavour::address_sanitizer ? 70 : 12;
    WorkerThreads fetching({.workers = workers, .strange = {"nonsense"}}, sanitized(flavour), flavour);
    fetching.settle();
    for (std::size_t worker = 1; worker <= 4; ++worker) fetching.serve(worker, 3000);
    const Rest rest = fetching.serve_all(3000);
    if (const std::string wrong = wrong_sanitized_run(fetching.program, rest, 1); !wrong.empty()) return wrong;
    Words expected = lines_of(workers, 3000);
    expected.push_back(failed_line(workers + 1));
    return fetching.wrong_finish(rest, expected, 1);
}

void refuse_bad_urls() {
    const Words too_many(501, "http://127.0.0.1:1/");
    judge_refusals({{{}, {"URL"}}, {{"--bogus", "http://127.0.0.1:1/"}, {"--bogus"}}, {too_many, {"URL"}}}, readme(3));
}
