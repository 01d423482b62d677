// Chapter 3, big_countdown_contention: what its table must say. Each test case is one criterion, run by itself; points
// are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch03_big_countdown/counting.hpp"
#include "ch03_big_countdown/table.hpp"

namespace {

// The table of one mode, or of all.
std::string wrong_rows(const std::string& sharing) {
    const bool all = sharing == "all";
    const int threads = all ? 2 : 3;
    const Words wanted = all ? modes : Words{sharing};
    const Words arguments = {"--count", "300k", "--threads", std::to_string(threads), "--sharing", sharing};
    Bench bench(sharing == "gil" ? with_equals(arguments) : arguments, setting());
    std::string problem = bench.wrong_end(bench.settle());
    const Words lines = bench.program.lines();
    if (problem.empty()) problem = wrong_table(bench.program.output(), lines, wanted, threads, true);
    if (problem.empty() && all) problem = wrong_speedups(*rows_of(lines));
    return problem.empty() ? "" : with_arguments(arguments) + ": " + problem;
}

}  // namespace

TEST_CASE("prints a row for each mode, in order") {
    std::string problem = wrong_rows("all");
    for (const std::string& mode : modes)
        if (problem.empty()) problem = wrong_rows(mode);
    judge(problem,
          {.saw = "the program printed six rows for all modes, and one for each mode alone, with every column filled",
           .expected =
               "the program prints the header \"sharing,threads,count,seconds,speedup\" and a row for each mode in "
               "the order of the list, with numbers of at least 3 significant digits",
           .why = "a table that programs read has the same columns in the same order each time",
           .read = readme(4)});
}

namespace {

std::string wrong_counts(const std::string& count, const std::string& digits, int threads) {
    const Words arguments = {"--count", count, "--threads", std::to_string(threads)};
    Bench bench(arguments, setting());
    std::string problem = bench.wrong_end(bench.settle());
    const Words lines = bench.program.lines();
    if (problem.empty()) problem = wrong_table(bench.program.output(), lines, modes, threads, false);
    if (problem.empty()) problem = wrong_counts(*rows_of(lines), digits);
    return problem.empty() ? "" : with_arguments(arguments) + ": " + problem;
}

}  // namespace

TEST_CASE("counts every decrement in every mode") {
    struct Case {
        const char* count;
        const char* digits;
        int threads;
    };
    std::string problem;
    for (const Case& test : {Case{"100003", "100003", 3},
                             {"1M", "1000000", 4},
                             {"259", "259", 256},
                             {"5", "5", 8},
                             {"0", "0", 4},
                             {"50k", "50000", 1}})
        if (problem.empty()) problem = wrong_counts(test.count, test.digits, test.threads);
    if (problem.empty()) problem = too_big_for_it();
    judge(problem,
          {.saw = "with 1 to 256 threads, and with counts that divide and that do not, count was COUNT in every row; "
                  "a count of 40 bits was begun",
           .expected = "every row has COUNT, in digits, as its count",
           .why = "modes can be compared only if the work is the same; a count that is too small lost decrements in a "
                  "race, or was not all shared out",
           .read = readme(4)});
}
