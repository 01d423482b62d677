// Chapter 5, scaling: what a program that measures its threads must do. Each test case is one criterion,
// run by itself; points are in labs/labs.json.
//
// An io job is a sleep, and the grader holds sleeps: who works in a row, and how many at once, is then a
// fact. What the clock shows meanwhile is the grader's choice, and so is what the table has to say.
#include "bench/catch.hpp"
#include "bench/crew.hpp"
#include "ch05_shared_memory/shared_memory.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

namespace {

using Words = std::vector<std::string>;

Words flags(const std::string& work, int jobs, int most) {
    return {"--work", work, "--jobs", std::to_string(jobs), "--max-threads", std::to_string(most)};
}

// What happened between a row's first job and its last.
struct Watched {
    std::string threads = "?";  // as its line says
    std::size_t jobs = 0;       // begun
    std::size_t most_at_once = 0, least_at_once = SIZE_MAX;
    long births = 0;  // of threads
    bool main_works = false;
    Nanoseconds passed{};                       // what the grader let pass
    Nanoseconds shortest = Nanoseconds::max();  // job, as asked for
};

// Everybody that sleeps at one moment, and what then passed before they woke.
struct Moment {
    std::vector<Held> fresh, asleep;  // fresh: since the moment before
    std::size_t lines = 0;            // printed so far
    long births = 0;                  // of threads, so far
    Nanoseconds passed{};
};

struct Seen {
    std::vector<Watched> rows;
    Words lines;
    std::string problem;  // how the program did not come to its end, or ""
};

// Who prints each row when it is done shows by that where it ends; else it ends when all jobs have begun.
std::vector<Watched> rows_of(const std::vector<Moment>& moments, std::size_t jobs, const Words& lines) {
    const bool prints_as_it_goes = !moments.empty() && moments.back().lines > 1;
    std::vector<Watched> rows;
    std::size_t printed = 0;
    long births = 0;
    for (const Moment& moment : moments) {
        const bool over = prints_as_it_goes ? moment.lines > printed : !rows.empty() && rows.back().jobs >= jobs;
        if (rows.empty() || over) rows.emplace_back();
        printed = std::max<std::size_t>(moment.lines, 1);
        Watched& row = rows.back();
        row.jobs += moment.fresh.size();
        row.most_at_once = std::max(row.most_at_once, moment.asleep.size());
        row.least_at_once = std::min(row.least_at_once, moment.asleep.size());
        row.births += moment.births - std::exchange(births, moment.births);
        row.passed += moment.passed;
        for (const Held& held : moment.asleep) {
            row.main_works = row.main_works || held.thread == held.process;
            row.shortest = std::min(row.shortest, held.asked);
        }
    }
    for (std::size_t i = 0; i < rows.size() && i + 1 < lines.size(); ++i)
        rows[i].threads = lines[i + 1].substr(0, lines[i + 1].find(','));
    return rows;
}

// Runs io jobs. Each time when all that can sleep do, so much time passes as is due in that row, and they wake.
Seen watch(int jobs, int most, const std::vector<Nanoseconds>& due_in_row) {
    const Words words = flags("io", jobs, most);
    Program program(executable(), most == 6 ? with_equals(words) : words, {.policy = {.one_clock = true}});
    std::vector<Moment> moments;
    std::set<std::uint64_t> begun;
    Rest rest = program.settle();
    for (int moves = 0; rest == Rest::standstill && moves < 5'000 && !program.asleep().empty(); ++moves) {
        Moment now{.fresh = {},
                   .asleep = program.asleep(),
                   .lines = program.lines().size(),
                   .births = program.stage().trace.count(Event::Kind::thread_created)};
        for (const Held& held : now.asleep) {
            if (begun.insert(held.id).second) now.fresh.push_back(held);
            now.passed = std::max(now.passed, held.asked);
        }
        moments.push_back(now);
        const std::size_t row = rows_of(moments, static_cast<std::size_t>(jobs), {}).size();
        moments.back().passed = std::max(now.passed, due_in_row[std::min(row, due_in_row.size()) - 1]);
        program.stage().pass(moments.back().passed);
        for (const Held& held : now.asleep) program.wake(held);
        rest = program.settle();
    }
    return {rows_of(moments, static_cast<std::size_t>(jobs), program.lines()), program.lines(),
            wrong_end(program, rest)};
}

std::string row_name(const Watched& row) {
    return "the row of " + row.threads + (row.threads == "1" ? " thread" : " threads");
}

struct Row {
    Words columns;  // as printed
    double threads = 0, seconds = 0, speedup = 0, efficiency = 0, fraction = 0;
};

const std::string header = "threads,seconds,speedup,efficiency,serial_fraction";

int significant_digits(const std::string& number) {
    std::string digits = number.substr(0, number.find_first_of("eE"));
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    return static_cast<int>(digits.size() - std::min(digits.find_first_not_of('0'), digits.size()));
}

// Appends the rows that are well-formed. Says which is not, or "".
std::string read_rows(const Words& lines, std::vector<Row>& rows) {
    if (lines.empty() || lines[0] != header)
        return "the first line is " + (lines.empty() ? "missing" : in_quotes(lines[0])) + ", not " + in_quotes(header);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        Row row;
        row.columns.emplace_back();
        for (const char letter : lines[i]) {
            if (letter == ',') row.columns.emplace_back();
            else row.columns.back() += letter;
        }
        const std::string where = "line " + std::to_string(i + 1) + " is " + in_quotes(lines[i]);
        if (row.columns.size() != 5) return where + ": not five columns";
        double* const values[] = {&row.threads, &row.seconds, &row.speedup, &row.efficiency, &row.fraction};
        for (std::size_t column = 0; column < 5; ++column) {
            const std::string& text = row.columns[column];
            if (column == 4 && text.empty() && row.threads == 1) continue;
            std::istringstream in(text);
            if (!(in >> *values[column]) || in.peek() != EOF || !std::isfinite(*values[column]))
                return where + ": " + in_quotes(text) + " is no number";
            if (column == 1 && significant_digits(text) < 3)
                return where + ": " + in_quotes(text) + " has fewer than 3 significant digits";
        }
        if (row.threads == 1 && !row.columns[4].empty()) return where + ": the last column is empty for 1 thread";
        rows.push_back(row);
    }
    return "";
}

// Within what rounding to 3 digits, twice, can do.
bool near(double saw, double wanted, double slack = 0) {
    return std::abs(saw - wanted) <= 0.012 * std::abs(wanted) + slack;
}

std::string wrong_figure(const char* column, const Row& row, double saw, double wanted) {
    std::ostringstream text;
    text.precision(4);
    text << "in the row of " << row.columns[0] << " threads, " << column << " is " << saw << ", and " << wanted
         << " follows from the seconds";
    return text.str();
}

std::string wrong_figures(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const double speedup = rows[0].seconds / row.seconds, threads = row.threads;
        if (!near(row.speedup, speedup)) return wrong_figure("speedup", row, row.speedup, speedup);
        if (!near(row.efficiency, speedup / threads))
            return wrong_figure("efficiency", row, row.efficiency, speedup / threads);
        if (threads == 1) continue;
        const double share = 1 / threads, fraction = (1 / speedup - share) / (1 - share);
        if (!near(row.fraction, fraction, 0.012 / speedup / (1 - share)))
            return wrong_figure("serial_fraction", row, row.fraction, fraction);
    }
    return "";
}

// As many threads as there may be, freely: as many as the rows say in all, or one less in each where main works, too.
// Which rows there are and what their figures say is asked elsewhere.
std::string wrong_at_most() {
    Program program(executable(), flags("io", 256, 256), {.policy = {.hold_sleeps = false}});
    if (program.settle() != Rest::ended) return "";  // how it ends is asked elsewhere
    const long births = program.stage().trace.count(Event::Kind::thread_created);
    long rows = 0, said = 0;
    for (const std::string& line : program.lines()) {
        const long threads = std::strtol(line.c_str(), nullptr, 10);
        said += threads;
        rows += threads > 0 ? 1 : 0;
    }
    if (births == said || births == said - rows) return "";
    return "with --max-threads 256: " + counted(static_cast<std::size_t>(births), "thread was", "threads were") +
           " started for " + counted(static_cast<std::size_t>(rows), "row", "rows") + " that say " +
           std::to_string(said) + " in all";
}

// Jobs that are 1 in 16 bits: nobody is done so soon.
std::string too_many_for_it() {
    Program program(executable(), flags("io", 65'537, 1), {.policy = {.one_clock = true}});
    Rest rest = program.settle();
    for (int jobs = 0; jobs < 4 && rest == Rest::standstill && !program.asleep().empty(); ++jobs) {
        program.wake(program.asleep().front());
        rest = program.settle();
    }
    if (rest == Rest::standstill && !program.asleep().empty()) return "";
    return "with --jobs 65537 --max-threads 1: no job was under way any more after 4; " + program.describe();
}

using namespace std::chrono_literals;

// Ways in which time may go in rows of 1, 2 and 4 threads: little gained, as hoped for, more than that, by
// which the serial fraction is negative, and all of it short.
const std::vector<std::vector<Nanoseconds>> ways = {
    {1013ms, 1421ms, 2027ms}, {517ms, 523ms, 541ms}, {2029ms, 1511ms, 1019ms}, {2'449us, 2'441us, 2'437us}};

}  // namespace

TEST_CASE("each row has as many threads as it says") {
    const Seen seen = watch(16, 4, {10ms});
    std::string problem = seen.problem;
    for (const Watched& row : seen.rows)
        if (problem.empty() && std::to_string(row.births + (row.main_works ? 1 : 0)) != row.threads)
            problem = "for " + row_name(row) + ", " +
                      counted(static_cast<std::size_t>(row.births), "thread was", "threads were") + " started" +
                      (row.main_works ? ", and main did jobs, too" : "");
    if (problem.empty() && seen.rows.size() < 2)
        problem = "there are jobs for " + counted(seen.rows.size(), "row", "rows") + " alone, with --max-threads 4";
    if (problem.empty()) problem = wrong_at_most();
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "1, 2 and 4 threads were started for the rows of 1, 2 and 4, and so on up to 256"
                                  : problem,
           .expected = "exactly as many threads as the row says, started for it and joined before the next",
           .why = "a table of threads that were not there measures nothing",
           .read = readme(7)});
}

TEST_CASE("does all jobs once in each row") {
    std::string problem;
    for (const auto& [jobs, most] : std::vector<std::pair<int, int>>{{16, 4}, {7, 4}, {5, 8}, {1, 2}}) {
        const Seen seen = watch(jobs, most, {10ms});
        problem = seen.problem;
        for (const Watched& row : seen.rows) {
            if (!problem.empty()) break;
            if (row.jobs != static_cast<std::size_t>(jobs))
                problem = "in " + row_name(row) + ", " + counted(row.jobs, "job was", "jobs were") + " done";
            else if (row.shortest < 1ms)
                problem = "in " + row_name(row) + ", a job blocked for " + in_words(row.shortest) + ", less than 1 ms";
        }
        if (problem.empty() && seen.rows.size() + 1 != seen.lines.size())
            problem = "jobs were done for " + counted(seen.rows.size(), "row", "rows") + ", and " +
                      counted(seen.lines.size(), "line", "lines") + " printed";
        if (!problem.empty())
            problem = "with --jobs " + std::to_string(jobs) + " --max-threads " + std::to_string(most) + ": " + problem;
        if (!problem.empty()) break;
    }
    if (problem.empty()) problem = too_many_for_it();
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "16, 7, 5 and 1 jobs: as many were done in each row, and each blocked for 1 ms or more"
                      : problem,
           .expected = "in each row all --jobs jobs, each by one thread, also where they do not divide",
           .why = "seconds compare only where the same work was done",
           .read = readme(7)});
}

TEST_CASE("the threads of a row work at the same time") {
    const Seen seen = watch(16, 8, {10ms});
    std::string problem = seen.problem;
    for (const Watched& row : seen.rows)
        if (problem.empty() && std::to_string(row.most_at_once) != row.threads)
            problem = "in " + row_name(row) + ", never more than " + counted(row.most_at_once, "job was", "jobs were") +
                      " under way at once";
        else if (problem.empty() && std::to_string(row.least_at_once) != row.threads)
            problem = "in " + row_name(row) + ", while there were jobs left, only " +
                      counted(row.least_at_once, "was", "were") + " under way";
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "1, 2, 4 and 8 jobs were under way at once in those rows" : problem,
           .expected = "every thread of a row at work for as long as there are jobs, here 16, and no lock around a job",
           .why = "threads that take turns gain nothing, whatever their number",
           .read = readme(7)});
}

namespace {

double processor_seconds(pid_t process) {
    std::ifstream in("/proc/" + std::to_string(process) + "/stat");
    std::string text;
    std::getline(in, text);
    std::istringstream fields(text.substr(std::min(text.rfind(')') + 1, text.size())));
    std::string skipped;
    for (int field = 3; field < 14; ++field) fields >> skipped;
    double user = 0, system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// A job ends by the processor time that it has used: it has to ask the kernel for that.
const std::vector<long> begins_a_job = {SYS_clock_gettime, SYS_getrusage};

// Everybody on, one after the other, until they stand in front of a job, wait or have ended. Who stands there.
std::set<pid_t> to_their_jobs(Microscope& microscope) {
    std::set<pid_t> at_a_job;
    for (bool moved = true; moved;) {
        moved = false;
        std::vector<pid_t> threads = microscope.alive();
        threads.push_back(microscope.main());
        for (const pid_t thread : threads) {
            if (at_a_job.contains(thread) || microscope.has_ended(thread) || microscope.blocked(thread)) continue;
            const Stop stop = microscope.run(thread, begins_a_job);
            if (stop == Stop::call) at_a_job.insert(thread);
            moved = stop != Stop::busy;
        }
    }
    return at_a_job;
}

std::string cpu_work_not_shared() {
    Crew crew(flags("cpu", 16, 2), {.hold_sleeps = false});
    const std::set<pid_t> alone = to_their_jobs(crew.microscope);
    if (alone.size() != 1)
        return "in the row of 1 thread, " + counted(alone.size(), "thread", "threads") + " began a job; " +
               crew.situation();
    while (crew.microscope.run(*alone.begin()) == Stop::blocked && crew.wake_sleepers()) {
    }
    if (to_their_jobs(crew.microscope).size() == 2) return "";
    return "in the row of 2 threads, while one stood in front of its first job, no other one began any; " +
           crew.situation();
}

}  // namespace

TEST_CASE("cpu jobs are shared, too") {
    std::string problem = cpu_work_not_shared();
    if (problem.empty()) {
        constexpr int jobs = 50, rows = 2;
        Program program(executable(), flags("cpu", jobs, 2), {.policy = {.hold_sleeps = false, .hold_ends = true}});
        for (Rest rest = program.settle(); rest == Rest::standstill; rest = program.settle()) {
            if (!program.stage().held(Held::Kind::process_end).empty()) break;
            const std::vector<Held> ends = program.stage().held(Held::Kind::thread_end);
            for (const Held& end : ends) program.wake(end);
            if (ends.empty()) break;
        }
        const double used = processor_seconds(program.process());
        if (program.stage().held(Held::Kind::process_end).empty()) problem = "the program hangs: " + program.describe();
        else if (used < jobs * rows * 0.001)
            problem = std::to_string(jobs) + " cpu jobs in each of " + std::to_string(rows) + " rows took " +
                      in_words(Nanoseconds(static_cast<long>(used * 1e9))) +
                      " of processor time in all, less than 1 ms each";
    }
    judge(
        {.holds = problem.empty(),
         .saw = problem.empty()
                    ? "both threads of a row began a job while the other's was held; the jobs used the processor"
                    : problem,
         .expected = "--work cpu done by do_job, by every thread of the row",
         .why =
             "where threads wait they gain by their number, where they compute by the processors: both are to be seen",
         .read = readme(7)});
}

TEST_CASE("seconds are the time that passed") {
    std::string problem;
    for (const std::vector<Nanoseconds>& way : ways) {
        const Seen seen = watch(8, 4, way);
        std::vector<Row> rows;
        problem = seen.problem.empty() ? read_rows(seen.lines, rows) : seen.problem;
        for (std::size_t i = 0; i < std::min(rows.size(), seen.rows.size()) && problem.empty(); ++i) {
            const double passed = std::chrono::duration<double>(seen.rows[i].passed).count();
            if (near(rows[i].seconds, passed)) continue;
            problem = "in " + row_name(seen.rows[i]) + ", " + in_words(seen.rows[i].passed) +
                      " passed on the clock, and seconds is " + rows[i].columns[1];
        }
        if (problem.empty() && rows.size() != seen.rows.size())
            problem = counted(rows.size(), "row was", "rows were") + " printed, and jobs done for " +
                      std::to_string(seen.rows.size());
        if (!problem.empty()) break;
    }
    judge(
        {.holds = problem.empty(),
         .saw = problem.empty() ? "the grader set the clock, in four ways, and the table said what it showed" : problem,
         .expected = "from before a row's first thread starts until all are joined, by a clock that shows the time of "
                     "day or steady time",
         .why = "processor time does not pass while threads wait, and numbers that are made up do not change",
         .read = readme(7)});
}

TEST_CASE("speed-up, efficiency and serial fraction follow from the seconds") {
    std::string problem;
    for (const std::vector<Nanoseconds>& way : ways) {
        const Seen seen = watch(8, 4, way);
        std::vector<Row> rows;
        problem = seen.problem.empty() ? read_rows(seen.lines, rows) : seen.problem;
        if (problem.empty() && rows.size() != 3)
            problem = "there are " + counted(rows.size(), "row", "rows") + ", not 3";
        if (problem.empty()) problem = wrong_figures(rows);
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "four tables, with little gained, much, and more than threads: each figure follows"
                                  : problem,
           .expected = "speedup = seconds of 1 thread / seconds; efficiency = speedup / threads; "
                       "serial_fraction = (1/speedup - 1/threads) / (1 - 1/threads), which may be negative",
           .why = "speed-up says what was won, efficiency what each thread was worth, the fraction why not more",
           .read = readme(8)});
}

TEST_CASE("a row for 1, 2, 4 ... threads") {
    std::string problem;
    const std::vector<std::pair<int, std::vector<int>>> tables = {
        {1, {1}}, {2, {1, 2}}, {6, {1, 2, 4}}, {16, {1, 2, 4, 8, 16}}};
    for (const auto& [most, threads] : tables) {
        const Seen seen = watch(16, most, {103ms});
        std::vector<Row> rows;
        problem = seen.problem.empty() ? read_rows(seen.lines, rows) : seen.problem;
        std::vector<int> saw;
        for (const Row& row : rows) saw.push_back(static_cast<int>(row.threads));
        if (problem.empty() && saw != threads) {
            problem = "there are rows for";
            for (const int number : saw) problem += " " + std::to_string(number);
        }
        if (!problem.empty()) problem = "with --max-threads " + std::to_string(most) + ": " + problem;
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "--max-threads 1, 2, 6 and 16: a row for each power of two up to there" : problem,
           .expected = header + ", then a row for each power of two up to --max-threads, figures of 3 digits or more",
           .why = "who doubles the threads each time sees soonest where the gain ends",
           .read = readme(8)});
}

std::string scaling_joins(std::size_t& joined) {
    std::string problem;
    for (std::size_t kept = 0; kept < 4 && problem.empty(); ++kept) {  // each of them is the last once
        Program program(executable(), flags("io", 4, 4), {.policy = {.hold_ends = true, .one_clock = true}});
        const auto run = [&program] {
            program.settle();
            for (int naps = 0; !program.asleep().empty() && naps < 1'000; ++naps) {
                program.stage().pass(1s);
                for (const Held& held : program.asleep()) program.wake(held);
                program.settle();
            }
        };
        problem = wrong_joins(program, run, joined, kept);
    }
    return problem;
}

std::string scaling_sanitized(Flavour flavour) {
    for (const char* work : {"io", "cpu"}) {
        Program program(executable(flavour), flags(work, 24, 4),
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
