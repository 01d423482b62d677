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
    while (rest != Rest::ended &&
           !fetching.world.in_flight().empty()) {  // one at a time is another criterion's business
        for (const pid_t thread : fetching.askers()) threads.insert(thread);
        rest = fetching.serve(worker_asking(fetching.world.in_flight().front()), 100);
    }
    judge({.holds = threads.size() >= 4,
           .saw = "4 URLs, asked by " + counted(threads.size(), "thread", "threads") +
                  " of the program; before the first answer, " + situation,
           .expected = "4 threads of one process, each asking for one URL",
           .why = "a thread that waits for one server can do nothing else; one for each URL can wait for all",
           .read = readme(1)});
}

TEST_CASE("all workers fetch at once") {
    const std::size_t most = at_once(500, files_each);
    judge(not_all_at_once(start_worker_threads, {1, 5, std::min<std::size_t>(most, 65), most}),
          {.saw = "1, 5, 65 and " + std::to_string(most) + " requests in flight before the first was answered",
           .expected = "every thread started before main waits for any of them",
           .why = "asked in turn, the waiting times add up; asked at once, the longest alone counts",
           .read = readme(1)});
}

TEST_CASE("prints each line as its worker is done") {
    judge(not_as_workers_are_done(start_worker_threads),
          {.saw = "in three orders of being done, and all at once: each line followed its worker",
           .expected = "whichever worker is done, its line, and no other",
           .why = "who joins the threads one after the other hears the fast ones only after the slow ones",
           .read = readme(3)});
}

TEST_CASE("a worker that is stuck holds no other back") {
    judge(held_back_by_a_server(start_worker_threads),
          {.saw = "worker 1's server was silent, worker 2's had sent a half: the lines of workers 4 and 3 came",
           .expected = "the lines of all workers that are done, whatever the others wait for",
           .why = "nobody may hold the lock, nor main's attention, while it waits for a server",
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
            return "another thread than main wrote " + in_quotes(event.text.substr(0, event.text.find('\n')));
    return "";
}

}  // namespace

TEST_CASE("main alone prints") {
    judge(others_print(),
          {.saw = "4 lines, each written by the main thread",
           .expected = "workers leave results in shared memory; main takes them out and prints them",
           .why = "the lesson is the handing over: memory that is written by one thread and read by another",
           .read = readme(3)});
}

namespace {

// Main sleeps without a limit, where nothing has happened since `when`: what else it does, or "".
std::string main_is_awake(WorkerThreads& fetching, Rest rest, const std::string& when) {
    if (rest == Rest::spinning) return when + ", somebody burns processor time: " + fetching.situation();
    if (rest != Rest::standstill || !fetching.main()) return when + ": " + fetching.wrong_end(rest);
    if (fetching.world.in_flight().empty()) return when + ": " + fetching.situation();
    for (const Held& held : fetching.program.asleep())
        if (held.thread == fetching.program.process())
            return when + ", main sleeps for " + in_words(held.asked) + ", to look again then";
    return "";
}

std::string main_is_awake() {
    WorkerThreads fetching({.workers = 3});
    const std::string problem = main_is_awake(fetching, fetching.program.settle(), "no server has answered yet");
    if (!problem.empty()) return problem;
    fetching.world.answer(*fetching.request_of(2), 200, body_of(2, 100));
    const Rest rest = fetching.program.settle();  // nobody is let go here, nor before
    if (fetching.program.lines() != Words{line_of(2, 100)})
        return "worker 2 is done, and nobody told main so: " + fetching.situation();
    return main_is_awake(fetching, rest, "worker 2 is done, the others are not");
}

}  // namespace

TEST_CASE("main sleeps until there is a result") {
    judge(main_is_awake(),
          {.saw = "while no result was there, main was asleep without a limit, and woke when one came",
           .expected = "main blocked in a wait that the worker ends: a condition variable, a semaphore",
           .why = "who looks again now and then is late, and takes the processor from those it waits for",
           .read = readme(2)});
}

namespace {

// Main is held in front of its first line while workers are done in this order.
std::string loses_a_result(const std::vector<std::size_t>& order) {
    WorkerThreads fetching({.workers = order.size()}, {.policy = {.hold_writes = true}});
    Rest rest = fetching.settle();
    for (const std::size_t worker : order) rest = fetching.serve(worker, 100);
    if (rest != Rest::ended && fetching.program.stage().held(Held::Kind::write).empty())
        return "four workers are done, and main has nothing to print: " + fetching.situation();
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
            return "main was held while it printed its first line, and the other workers were done meanwhile; " +
                   problem;
    }
    return "";
}

}  // namespace

TEST_CASE("no result is lost while main is busy") {
    judge(loses_a_result(),
          {.saw = "main was held at its first line while three more workers were done: all lines came",
           .expected = "main looks whether there is a result before it sleeps, and takes every one that is there",
           .why = "a notify that nobody waits for is gone; what counts is the state under the lock (lost wake-up)",
           .read = readme(2)});
}

TEST_CASE("a body of any size arrives whole") {
    judge(wrong_bodies(start_worker_threads),
          {.saw = "bodies of 0 to 16,777,216 bytes: all of each came, asked for once",
           .expected = "\"worker I: BYTES bytes, crc32 XXXXXXXX\" of the whole body, one request a URL",
           .why = "what the threads share must hold whatever comes",
           .read = readme(3)});
}

TEST_CASE("tells each failure alone, and exits 1") {
    judge(standing::each_failure_alone,
          {.problem = wrong_failures(start_worker_threads, 4),
           .saw = "four kinds of failure told, two bodies printed; exit code 1",
           .read = readme(3),
           .form = "\"worker I: failed: WHY\", \"failed: 404 Not Found\" for that status"});
}

TEST_CASE("writes every line at once, into a pipe too") {
    judge(standing::lines_at_once, {.problem = late_in_a_pipe(start_worker_threads),
                                    .saw = "stdout was a pipe, and each line was in it as soon as it could be",
                                    .read = readme(3)});
}

TEST_CASE("does not busy-wait") {
    judge(standing::no_busy_wait, {.problem = busy_while_servers_wait(start_worker_threads),
                                   .saw = "while servers were withheld, nobody used the processor (2 looks)",
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
