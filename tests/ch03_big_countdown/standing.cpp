// Chapter 3: the standing criteria. Each test case is one criterion, run by itself, for the program that ./kit grade
// names; points are in chapter.json.
#include "bench/standing.hpp"

#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "ch03_big_countdown/counting.hpp"

TEST_CASE("joins every thread") {
    Program program(executable(), shared_as("all", {"--count", "3000", "--threads", "3"}),
                    setting({.hold_ends = true}));
    judge_joins(joins_of(program, [&] { program.settle(); }), readme(of_contention() ? 4 : 3));
}

namespace {

std::string sanitized_run(Flavour flavour, const Words& arguments, std::size_t threads) {
    Program program(executable(flavour), arguments, sanitized(flavour, setting()));
    std::string problem = wrong_sanitized_run(program, program.settle());
    const auto born = static_cast<std::size_t>(program.stage().trace.count(Event::Kind::thread_created));
    if (problem.empty() && born + 1 < threads)
        problem = "besides main, the program started " + counted(born, "thread", "threads");
    return problem.empty() ? "" : with_arguments(arguments) + ": " + problem;
}

std::string sanitized_runs(Flavour flavour) {
    std::string problem;
    for (const std::string& sharing : of_contention() ? modes : Words{""}) {
        Words arguments = shared_as(sharing, {"--count", "3000", "--threads", "3"});
        if (of_contention()) arguments.insert(arguments.end(), {"--switch-interval", "1ms"});
        if (problem.empty()) problem = sanitized_run(flavour, arguments, crew_size);
    }
    // As many threads as there may be: what is kept of each has a place for each.
    const Words many = shared_as("adjacent", {"--count", "1000", "--threads", "256"});
    if (problem.empty() && flavour == Flavour::address_sanitizer) problem = sanitized_run(flavour, many, 256);
    return problem;
}

}  // namespace

TEST_CASE("has no data race") {
    judge(standing::no_data_race,
          {.problem = under_sanitizer(Flavour::thread_sanitizer, sanitized_runs),
           .saw = "three threads ran to their end under ThreadSanitizer, and it had nothing to report",
           .read = readme(of_contention() ? 6 : 3)});
}

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error,
          {.problem = under_sanitizer(Flavour::address_sanitizer, sanitized_runs),
           .saw = "3 threads, and 256, ran to their end under AddressSanitizer and UBSan, which had nothing to report",
           .read = readme(of_contention() ? 5 : 3)});
}

TEST_CASE("refuses bad flags") {
    std::vector<BadFlags> all = {{{"--threads", "0"}, {"--threads", "0"}},
                                 {{"--threads=257"}, {"--threads", "257"}},
                                 {{"--threads", "x"}, {"--threads", "x"}},
                                 {{"--count", "-1"}, {"--count", "-1"}},
                                 {{"--count=1.5"}, {"--count", "1.5"}},
                                 {{"--count", "1000000000001", "--threads", "2"}, {"--count", "1000000000001"}},
                                 {{"--threads", "2", "--count"}, {"--count"}},
                                 {{"--bogus", "--threads", "2"}, {"--bogus"}}};
    if (of_contention()) {
        all.push_back({{"--sharing", "nonsense"}, {"--sharing", "nonsense"}});
        all.push_back({{"--switch-interval", "0s"}, {"--switch-interval", "0s"}});
        all.push_back({{"--switch-interval=abc", "--sharing", "gil"}, {"--switch-interval", "abc"}});
    }
    judge_refusals(all, readme(2));
}
