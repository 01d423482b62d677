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
           .saw = "four URLs failed in four ways, each with a line of its own; two bodies arrived; the exit code was 1",
           .read = readme(7),
           .form = "the program prints \"worker I: failed: WHY\", with \"404 Not Found\" for that status"});
}

TEST_CASE("writes every line at once, into a pipe too") {
    judge(standing::lines_at_once, {.problem = late_in_a_pipe(start_fetcher),
                                    .saw = "with stdout a pipe, each line arrived as soon as it could",
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
    // program may sleep there for ever. Other criteria catch a program that hangs by itself.
    if (flavour == Flavour::thread_sanitizer && rest != Rest::ended) return found_by_sanitizer(fetcher.program);
    const std::string problem = wrong_sanitized_run(fetcher.program, rest, 1);
    if (!problem.empty()) return problem;
    Words lines = fetcher.program.lines();
    std::erase_if(lines, [](const std::string& line) { return line.find(": failed: ") != std::string::npos; });
    return wrong_in_any_order(lines, lines_of(workers, 70'000));
}

}  // namespace

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error, {.problem = under_sanitizer(Flavour::address_sanitizer, sanitized_run),
                                      .saw = "AddressSanitizer and UBSan have nothing to report for 66 workers",
                                      .read = readme(3)});
}

TEST_CASE("has no data race or unsafe signal handler") {
    judge(under_sanitizer(Flavour::thread_sanitizer, sanitized_run),
          {.saw = "ThreadSanitizer has nothing to report for 5 workers",
           .expected = "a signal handler allocates, prints and locks nothing, and leaves errno as it was; " +
                       standing::no_data_race.expected,
           .why =
               "a signal may interrupt any code, malloc too: a handler that allocates then finds the heap half changed",
           .read = readme(6)});
}

namespace {

std::string busy_while_one_stays() {
    Fetcher fetcher({.workers = 3}, {.policy = {.hold_ends = true, .hold_pipes = true}});
    const std::string problem = fetcher.close_and_stay(1);
    if (!problem.empty() || fetcher.settle() != Rest::spinning) return problem;
    return "a thread uses the processor all the time, while worker 1 has closed its pipe and has not ended; " +
           fetcher.situation();
}

}  // namespace

TEST_CASE("does not busy-wait") {
    std::string problem = busy_while_servers_wait(start_fetcher);
    if (problem.empty()) problem = busy_while_one_stays();
    judge(standing::no_busy_wait, {.problem = problem,
                                   .saw = "no process used the processor while servers were withheld, nor while a "
                                          "worker had closed its pipe and had not ended",
                                   .read = readme(5)});
}

TEST_CASE("refuses bad flags") {
    const Words too_many(501, "http://127.0.0.1:1/");
    judge_refusals({{{}, {"URL"}}, {{"--bogus", "http://127.0.0.1:1/"}, {"--bogus"}}, {too_many, {"URL"}}}, readme(7));
}
