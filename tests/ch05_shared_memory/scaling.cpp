// Chapter 5, scaling: what a program that measures its threads must do. Each test case is one criterion,
// run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"
#include "ch05_shared_memory/shared_memory.hpp"
#include "ch05_shared_memory/table.hpp"
#include "ch05_shared_memory/watched_rows.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace {

using namespace std::chrono_literals;

// Ways in which time may go in rows of 1, 2 and 4 threads: little gained, as hoped for, more than that, by
// which the serial fraction is negative, and all of it short.
const std::vector<std::vector<Nanoseconds>> ways = {
    {1013ms, 1421ms, 2027ms}, {517ms, 523ms, 541ms}, {2029ms, 1511ms, 1019ms}, {2'449us, 2'441us, 2'437us}};

std::string number_of(long number, const char* one, const char* many) {
    return counted(static_cast<std::size_t>(number), one, many);
}

// As many threads as there may be, freely: as many as the rows say in all, or one less in each where main does jobs,
// too. Which rows there are and what their figures say is asked elsewhere.
std::string wrong_at_most() {
    Program program(executable(), scaling_flags("io", 256, 256), {.policy = {.hold_sleeps = false}});
    if (program.settle() != Rest::ended) return "";  // how it ends is asked elsewhere
    const long births = program.stage().trace.count(Event::Kind::thread_created);
    long rows = 0, said = 0;
    for (const std::string& line : program.lines()) {
        const long threads = std::strtol(line.c_str(), nullptr, 10);
        said += threads;
        rows += threads > 0 ? 1 : 0;
    }
    if (births == said || births == said - rows) return "";
    return "the program started " + number_of(births, "thread", "threads") + " for " + number_of(rows, "row", "rows") +
           " that say " + std::to_string(said) + " in all; this was with --max-threads 256";
}

std::string wrong_births() {
    const Seen seen = watch(16, 4, {10ms});
    if (!seen.problem.empty()) return seen.problem;
    for (const Watched& row : seen.rows)
        if (std::to_string(row.births + (row.main_does_jobs ? 1 : 0)) != row.threads)
            return "the program started " + number_of(row.births, "thread", "threads") + " for " + row_name(row) +
                   (row.main_does_jobs ? ", and main did jobs, too" : "");
    if (seen.rows.size() < 2)
        return "the program did jobs for " + counted(seen.rows.size(), "row", "rows") +
               ", not for 3, with --max-threads 4";
    return wrong_at_most();
}

}  // namespace

TEST_CASE("each row has as many threads as it says") {
    judge(wrong_births(),
          {.saw = "the program started 1, 2 and 4 threads for the rows of 1, 2 and 4, and so on up to 256",
           .expected = "the program starts exactly as many threads as the row says, and joins them before the next row",
           .why = "a table of threads that were never there measures nothing",
           .read = readme(7)});
}

namespace {

std::string wrong_jobs(int jobs, const Seen& seen) {
    if (!seen.problem.empty()) return seen.problem;
    for (const Watched& row : seen.rows) {
        if (row.jobs != static_cast<std::size_t>(jobs))
            return counted(row.jobs, "job was", "jobs were") + " done in " + row_name(row);
        if (row.shortest < 1ms)
            return "a job blocked for " + in_words(row.shortest) + " in " + row_name(row) + ", less than 1 ms";
    }
    if (seen.rows.size() + 1 == seen.lines.size()) return "";
    return "the program did jobs for " + counted(seen.rows.size(), "row", "rows") + ", and printed " +
           counted(seen.lines.size(), "line", "lines") + ", the header among them";
}

std::string wrong_jobs(int jobs, int most) {
    const std::string problem = wrong_jobs(jobs, watch(jobs, most, {10ms}));
    if (problem.empty()) return "";
    return problem + "; this was with --jobs " + std::to_string(jobs) + " --max-threads " + std::to_string(most);
}

// Jobs that are 1 in 16 bits: no row is done so soon.
std::string too_many_for_it() {
    Program program(executable(), scaling_flags("io", 65'537, 1), {.policy = {.one_clock = true}});
    Rest rest = program.settle();
    for (int jobs = 0; jobs < 4 && rest == Rest::standstill && !program.asleep().empty(); ++jobs) {
        program.wake(program.asleep().front());
        rest = program.settle();
    }
    if (rest == Rest::standstill && !program.asleep().empty()) return "";
    return "no job was under way any more after 4 of 65537; " + program.describe() +
           "; this was with --jobs 65537 --max-threads 1";
}

}  // namespace

TEST_CASE("does all jobs once in each row") {
    std::string problem;
    for (const auto& [jobs, most] : std::vector<std::pair<int, int>>{{16, 4}, {7, 4}, {5, 8}, {1, 2}})
        if (problem.empty()) problem = wrong_jobs(jobs, most);
    if (problem.empty()) problem = too_many_for_it();
    judge(problem,
          {.saw = "with 16, 7, 5 and 1 jobs, that many were done in each row, and each blocked for at least 1 ms",
           .expected = "the threads of each row do all --jobs jobs, each job once, also where the number of threads "
                       "does not divide them",
           .why = "the seconds of two rows can be compared only if both did the same work",
           .read = readme(7)});
}

namespace {

std::string not_at_once() {
    const Seen seen = watch(16, 8, {10ms});
    if (!seen.problem.empty()) return seen.problem;
    for (const Watched& row : seen.rows) {
        if (std::to_string(row.most_at_once) != row.threads)
            return "in " + row_name(row) + ", at most " + counted(row.most_at_once, "job was", "jobs were") +
                   " under way at once";
        if (std::to_string(row.least_at_once) != row.threads)
            return "in " + row_name(row) + ", at one moment " + counted(row.least_at_once, "job was", "jobs were") +
                   " under way, though others were left";
    }
    return "";
}

}  // namespace

TEST_CASE("the threads of a row work at the same time") {
    judge(not_at_once(),
          {.saw = "1, 2, 4 and 8 jobs were under way at once in the rows of as many threads",
           .expected = "every thread of a row works as long as there are jobs, here 16, without a lock around a job",
           .why = "threads that take turns gain nothing, whatever their number",
           .read = readme(7)});
}

namespace {

std::string wrong_seconds(const std::vector<Nanoseconds>& way) {
    const Seen seen = watch(8, 4, way);
    std::vector<Row> rows;
    const std::string problem = seen.problem.empty() ? read_rows(seen.lines, rows) : seen.problem;
    if (!problem.empty()) return problem;
    for (std::size_t i = 0; i < std::min(rows.size(), seen.rows.size()); ++i)
        if (!near(rows[i].seconds, std::chrono::duration<double>(seen.rows[i].passed).count()))
            return "seconds is " + rows[i].columns[1] + " in " + row_name(seen.rows[i]) + ", but " +
                   in_words(seen.rows[i].passed) + " passed on the clock";
    if (rows.size() == seen.rows.size()) return "";
    return "the program printed " + counted(rows.size(), "row", "rows") + ", and did jobs for " +
           std::to_string(seen.rows.size());
}

std::string wrong_ratios(const std::vector<Nanoseconds>& way) {
    const Seen seen = watch(8, 4, way);
    std::vector<Row> rows;
    const std::string problem = seen.problem.empty() ? read_rows(seen.lines, rows) : seen.problem;
    if (!problem.empty()) return problem;
    return rows.size() == 3 ? wrong_figures(rows)
                            : "the program printed " + counted(rows.size(), "row", "rows") + ", not 3";
}

}  // namespace

TEST_CASE("seconds are the time that passed") {
    std::string problem;
    for (const std::vector<Nanoseconds>& way : ways)
        if (problem.empty()) problem = wrong_seconds(way);
    judge(problem,
          {.saw = "the grader moved the clock in four ways, and the seconds followed it",
           .expected = "the program measures from before a row's first thread starts until all are joined, by a steady "
                       "clock or the time of day",
           .why = "processor time does not pass while threads wait, and invented numbers do not follow the clock",
           .read = readme(7)});
}

TEST_CASE("speed-up, efficiency and serial fraction follow from the seconds") {
    std::string problem;
    for (const std::vector<Nanoseconds>& way : ways)
        if (problem.empty()) problem = wrong_ratios(way);
    judge(problem,
          {.saw = "in four tables, with a small gain, a large one, and one above the number of threads, each figure "
                  "follows from the seconds",
           .expected = "the program prints speedup = seconds of 1 thread / seconds; efficiency = speedup / threads; "
                       "serial_fraction = (1/speedup - 1/threads) / (1 - 1/threads), which may be negative",
           .why = "the speed-up says what was won, the efficiency how much each thread contributed, and the "
                  "fraction why it was not more",
           .read = readme(8)});
}

namespace {

std::string wrong_threads(int most, const std::vector<int>& expected) {
    const Seen seen = watch(16, most, {103ms});
    std::vector<Row> rows;
    std::string problem = seen.problem.empty() ? read_rows(seen.lines, rows) : seen.problem;
    std::vector<int> threads;
    for (const Row& row : rows) threads.push_back(static_cast<int>(row.threads));
    if (problem.empty() && threads != expected) {
        Words numbers;
        for (const int number : threads) numbers.push_back(std::to_string(number));
        problem = numbers.empty() ? "the table has no rows" : "the table has rows for " + some_of(numbers) + " threads";
    }
    return problem.empty() ? "" : problem + "; this was with --max-threads " + std::to_string(most);
}

}  // namespace

TEST_CASE("a row for 1, 2, 4 ... threads") {
    std::string problem = wrong_threads(1, {1});
    if (problem.empty()) problem = wrong_threads(2, {1, 2});
    if (problem.empty()) problem = wrong_threads(6, {1, 2, 4});
    if (problem.empty()) problem = wrong_threads(16, {1, 2, 4, 8, 16});
    judge(problem,
          {.saw = "with --max-threads 1, 2, 6 and 16, the table had a row for each power of two up to there",
           .expected = "the program prints " + table_header +
                       ", then a row for each power of two up to --max-threads, with figures of at least 3 digits",
           .why = "doubling the threads in each row is the quickest way to see where the gain ends",
           .read = readme(8)});
}

Joins scaling_joins() {
    return joins_with_each_last(4, [](std::size_t kept) {
        Program program(executable(), scaling_flags("io", 4, 4), {.policy = {.hold_ends = true, .one_clock = true}});
        const auto run = [&program] {
            program.settle();
            for (int naps = 0; !program.asleep().empty() && naps < 1'000; ++naps) {
                program.stage().pass(1s);
                for (const Held& held : program.asleep()) program.wake(held);
                program.settle();
            }
        };
        return joins_of(program, run, kept);
    });
}

std::string scaling_sanitized(Flavour flavour) {
    for (const char* work : {"io", "cpu"}) {
        Program program(executable(flavour), scaling_flags(work, 24, 4),
                        sanitized(flavour, {.policy = {.hold_sleeps = false}}));
        const std::string problem = wrong_sanitized_run(program, program.settle());
        if (!problem.empty()) return problem;
    }
    return "";
}

void refuse_bad_scalings() {
    std::vector<BadFlags> all = {
        {{"--bogus"}, {"--bogus"}}, {{"--work", "both"}, {"--work", "both"}}, {{"--work"}, {"--work"}}};
    for (const char* flag : {"--jobs", "--max-threads"})
        for (const char* value : {"0", "-1", "few", "1.5"}) all.push_back({{flag, value}, {flag, value}});
    all.push_back({{"--jobs", "100001"}, {"--jobs", "100001"}});
    all.push_back({{"--max-threads", "257"}, {"--max-threads", "257"}});
    judge_refusals(all, readme(8));
}
