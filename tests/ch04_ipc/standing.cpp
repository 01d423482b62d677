// Chapter 4: the standing criteria. Each test case is one criterion, run by itself, for the program that ./kit grade
// names; points are in chapter.json.
#include "bench/standing.hpp"

#include "bench/catch.hpp"
#include "bench/fetch_claims.hpp"
#include "bench/lines.hpp"
#include "bench/sanitized.hpp"
#include "ch04_ipc/fetcher.hpp"

TEST_CASE("tells each failure alone, and exits 1") {
    judge(standing::each_failure_alone,
          {.problem = wrong_failures(start_fetcher, 0),
           .saw = "four kinds of failure told, two bodies printed; exit code 1",
           .read = readme(7),
           .form = "\"worker I: failed: WHY\", \"failed: 404 Not Found\" for that status"});
}

TEST_CASE("writes every line at once, into a pipe too") {
    judge(standing::lines_at_once, {.problem = late_in_a_pipe(start_fetcher),
                                    .saw = "stdout was a pipe, and each line was in it as soon as it could be",
                                    .read = readme(4)});
}

namespace {

// Runs a sanitized build as far as it gets, one worker after the other and then all the others at once; what the
// sanitizer said, in short, or what else went wrong.
std::string sanitized_run(Flavour flavour) {
    const std::size_t workers = flavour == Flavour::address_sanitizer ? 65 : 4;
    Fetcher fetcher({.workers = workers, .strange = {"nonsense"}}, sanitized(flavour), flavour);
    fetcher.settle();
    for (const std::size_t worker : {2, 1}) fetcher.serve(worker, 70'000);
    const Rest rest = fetcher.serve_all(70'000);
    // ThreadSanitizer puts a handler off until the program calls what it knows. It does not know pselect: a right
    // program may sleep there for ever. Who hangs by itself is caught by other criteria.
    if (flavour == Flavour::thread_sanitizer && rest != Rest::ended) return found_by_sanitizer(fetcher.program);
    const std::string problem = wrong_sanitized_run(fetcher.program, rest, 1);
    if (!problem.empty()) return problem;
    Words lines = fetcher.program.lines();
    std::erase_if(lines, [](const std::string& line) { return line.find(": failed: ") != std::string::npos; });
    return wrong_in_any_order(lines, lines_of(workers, 70'000));
}

}  // namespace

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error,
          {.problem = under_sanitizer(Flavour::address_sanitizer, sanitized_run),
           .saw = "66 workers under AddressSanitizer and UBSan, to the end: nothing to report",
           .read = readme(7)});
}

TEST_CASE("has no data race or unsafe signal handler") {
    judge(under_sanitizer(Flavour::thread_sanitizer, sanitized_run),
          {.saw = "5 workers under ThreadSanitizer: nothing to report",
           .expected = "a handler that allocates, prints and locks nothing and leaves errno as it was; " +
                       standing::no_data_race.expected,
           .why = "a signal comes in the middle of anything, of malloc too: one that allocates finds it half done",
           .read = readme(6)});
}

namespace {

std::string busy_while_one_stays() {
    Fetcher fetcher({.workers = 3}, {.policy = {.hold_ends = true, .hold_pipes = true}});
    const std::string problem = fetcher.close_and_stay(1);
    if (!problem.empty() || fetcher.settle() != Rest::spinning) return problem;
    return "worker 1 has closed its pipe and does not end: somebody burns processor time: " + fetcher.situation();
}

}  // namespace

TEST_CASE("does not busy-wait") {
    std::string problem = busy_while_servers_wait(start_fetcher);
    if (problem.empty()) problem = busy_while_one_stays();
    judge(standing::no_busy_wait, {.problem = problem,
                                   .saw = "while servers were withheld, nobody used the processor, nor when a worker "
                                          "had closed its pipe and did not end",
                                   .read = readme(5)});
}

TEST_CASE("refuses bad flags") {
    const Words too_many(501, "http://127.0.0.1:1/");
    judge_refusals({{{}, {"URL"}}, {{"--bogus", "http://127.0.0.1:1/"}, {"--bogus"}}, {too_many, {"URL"}}}, readme(7));
}
