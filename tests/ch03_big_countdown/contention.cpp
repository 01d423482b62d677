// Chapter 3, big_countdown_contention: what its table must say, and what its modes must do. Each test case is
// one criterion, run by itself; points are in labs/labs.json.
//
// Where threads take turns they run freely, and their processor time is compared with one another's.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>
#include <set>

#include "bench/catch.hpp"
#include "ch03_big_countdown/counting.hpp"

namespace {

// What is wrong with a table, its counts left out.
std::string wrong_table(Program& program, const Words& wanted, int threads, bool long_enough) {
    const std::optional<std::vector<Row>> rows = rows_of(program.lines());
    if (!rows) return "stdout is " + in_quotes(program.output().substr(0, 300));
    Words named;
    for (const Row& row : *rows) named.push_back(row.sharing);
    if (named != wanted) {
        std::string list;
        for (const std::string& name : named) list += " " + name;
        return "the rows are" + (list.empty() ? " none" : list);
    }
    for (const Row& row : *rows) {
        const std::string where = "the row of " + row.sharing + " says ";
        if (row.threads != std::to_string(threads)) return where + "threads " + in_quotes(row.threads);
        for (const auto& [column, value] : {std::pair{"seconds", row.seconds}, {"speedup", row.speedup}}) {
            const int digits = significant_digits(value);
            if (digits < 0 || (long_enough && digits < 3)) return where + column + " " + in_quotes(value);
        }
    }
    return "";
}

// A speed-up is a time over this row's seconds. One that is the seconds over a time, or the same for all rows
// though their seconds are not, is none; whether one time was measured for all rows, nobody asks.
std::string wrong_speedups(const std::vector<Row>& rows) {
    const auto spread = [&](const std::function<double(double, double)>& value) {
        double least = 0, most = 0;
        for (const Row& row : rows) {
            const double it = value(std::stod(row.seconds), std::stod(row.speedup));
            least = least == 0 ? it : std::min(least, it);
            most = std::max(most, it);
        }
        return most / least;
    };
    const double seconds = spread([](double seconds, double) { return seconds; });
    const double upside_down = spread([](double seconds, double speedup) { return speedup / seconds; });
    const double all_the_same = spread([](double, double speedup) { return speedup; });
    if (seconds > 1.5 && upside_down < 1.05) return "speedup grows with seconds: it is upside down";
    if (seconds > 1.5 && all_the_same < 1.05) return "speedup is the same in all rows, though seconds are not";
    return "";
}

}  // namespace

TEST_CASE("prints a row for each mode, in order") {
    std::string problem;
    std::vector<Words> tables(1, modes);
    for (const std::string& mode : modes) tables.push_back({mode});
    for (const Words& wanted : tables) {
        const std::string sharing = wanted.size() == 1 ? wanted[0] : "all";
        const Words arguments = {"--count", "300k", "--threads", wanted.size() == 1 ? "3" : "2", "--sharing", sharing};
        Program program(executable(), sharing == "gil" ? with_equals(arguments) : arguments, setting());
        problem = run_to_the_end(program);
        if (problem.empty()) problem = wrong_table(program, wanted, wanted.size() == 1 ? 3 : 2, true);
        if (problem.empty() && wanted.size() > 1) problem = wrong_speedups(*rows_of(program.lines()));
        if (problem.empty()) continue;
        problem = in_words(arguments) + ": " + problem;
        break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "six rows for all, one for each mode alone, every column filled" : problem,
           .expected =
               "the header \"sharing,threads,count,seconds,speedup\", a row for each mode in the order of the list, "
               "numbers of at least 3 significant digits",
           .why = "a table that programs read has the same columns in the same order each time",
           .read = readme(4)});
}

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
                             {"50k", "50000", 1}}) {
        const Words arguments = {"--count", test.count, "--threads", std::to_string(test.threads)};
        Program program(executable(), arguments, setting());
        problem = run_to_the_end(program);
        if (problem.empty()) problem = wrong_table(program, modes, test.threads, false);
        const std::vector<Row> rows = problem.empty() ? *rows_of(program.lines()) : std::vector<Row>{};
        for (const Row& row : rows)
            if (problem.empty() && row.count != test.digits)
                problem = "the row of " + row.sharing + " says count " + in_quotes(row.count);
        if (problem.empty()) continue;
        problem = in_words(arguments) + ": " + problem;
        break;
    }
    if (problem.empty()) problem = too_big_for_it();
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "1 to 256 threads, counts that divide and that do not: count is COUNT in every "
                                    "row; a count of 40 bits was begun"
                                  : problem,
           .expected = "count in every row is COUNT, in digits",
           .why = "modes can be compared only if the work is the same; a count that is short was raced for, or not "
                  "shared out",
           .read = readme(4)});
}

namespace {

constexpr Address cache_line = 64;

// What each thread of a crew writes in the midst of its count.
struct Sharing {
    std::string problem;
    const std::unique_ptr<Counting> crew;
    Counting& counting = *crew;
    std::map<pid_t, Counting::Written> written;

    explicit Sharing(const std::string& mode) : crew(counting_crew(mode, problem)) {}

    // Until each of them has been seen to change a counter outside its own stack.
    void find_counters() {
        for (unsigned long round = 0; round < 32 && problem.empty() && missing() != 0; ++round) {
            for (const pid_t thread : counting.members()) {
                if (round > 3 && counting.microscope.blocked(thread) && !counting.let_in(thread)) continue;
                // Never the same place: whoever is stopped with the lock each time lets nobody in.
                const Counting::Written now = counting.written(thread, 14 * round);
                if (!now.counters.empty()) written[thread] = now;
            }
        }
        if (problem.empty() && missing() != 0)
            problem = counting.name(missing()) +
                      " does not decrement anything outside its own stack, again and again; " + counting.situation();
    }

    pid_t missing() const {
        for (const pid_t thread : counting.members())
            if (!written.count(thread)) return thread;
        return 0;
    }

    // The one counter that all of them change; 0, and a problem, where there is none.
    Address common_counter() {
        find_counters();
        if (!problem.empty()) return 0;
        std::set<Address> common = written.begin()->second.counters;
        for (const auto& [thread, own] : written)
            std::erase_if(common, [&own = own](Address word) { return !own.counters.count(word); });
        if (common.empty()) problem = "the threads decrement different counters";
        return common.empty() ? 0 : *common.begin();
    }
};

std::string on_lines(const std::string& a, const std::string& b) {
    return a + " and " + b + " write to the same cache line";
}

}  // namespace

TEST_CASE("private: no thread writes where another does") {
    Sharing sharing("private");
    std::map<Address, pid_t> writers;  // by cache line
    for (int round = 0; round < 3 && sharing.problem.empty(); ++round) {
        for (const pid_t thread : sharing.counting.members()) {
            const Counting::Written now = sharing.counting.written(thread);
            for (const Address word : now.all) {
                const pid_t writer = writers.emplace(word / cache_line, thread).first->second;
                if (writer != thread && sharing.problem.empty())
                    sharing.problem = on_lines(sharing.counting.name(writer), sharing.counting.name(thread));
            }
        }
    }
    judge({.holds = sharing.problem.empty(),
           .saw = sharing.problem.empty() ? "in the midst of the count, no cache line was written by two threads"
                                          : sharing.problem,
           .expected = "a counter of its own in each thread: a local variable",
           .why = "cores that write to the same cache line take it from each other each time, and wait for it",
           .read = readme(4)});
}

TEST_CASE("padded: each counter on a cache line of its own") {
    Sharing sharing("padded");
    sharing.find_counters();
    std::map<Address, pid_t> writers;
    for (const auto& [thread, own] : sharing.written) {
        for (const Address word : own.counters) {
            const pid_t writer = writers.emplace(word / cache_line, thread).first->second;
            if (writer != thread && sharing.problem.empty())
                sharing.problem = on_lines(sharing.counting.name(writer), sharing.counting.name(thread));
        }
    }
    judge({.holds = sharing.problem.empty(),
           .saw = sharing.problem.empty() ? "three counters outside the threads' stacks, on three cache lines"
                                          : sharing.problem,
           .expected = "counters in one array, each aligned to a cache line of 64 bytes",
           .why = "it differs from adjacent by nothing but where the counters are: only so does the difference say "
                  "what that costs",
           .read = readme(5)});
}

TEST_CASE("adjacent: counters side by side on a cache line") {
    Sharing sharing("adjacent");
    sharing.find_counters();
    std::map<Address, pid_t> writers;  // by word
    std::map<Address, int> on_line;
    for (const auto& [thread, own] : sharing.written) {
        for (const Address word : own.counters) {
            const auto [place, first] = writers.emplace(word, thread);
            if (!first && sharing.problem.empty())
                sharing.problem = sharing.counting.name(place->second) + " and " + sharing.counting.name(thread) +
                                  " decrement the same counter";
            ++on_line[word / cache_line];
        }
    }
    const bool shared = std::any_of(on_line.begin(), on_line.end(), [](const auto& line) { return line.second > 1; });
    const bool near = !writers.empty() && writers.rbegin()->first - writers.begin()->first <= cache_line;
    if (sharing.problem.empty() && (!shared || !near))
        sharing.problem = "the counters are " + std::to_string(writers.rbegin()->first - writers.begin()->first) +
                          " bytes apart, on " + counted(on_line.size(), "cache line", "cache lines");
    judge(
        {.holds = sharing.problem.empty(),
         .saw = sharing.problem.empty() ? "three counters, one for each thread, within one cache line or across its end"
                                        : sharing.problem,
         .expected = "counters in one array, one behind the other without a gap",
         .why = "no thread uses another's counter, and yet they share: the cache line is what cores pass to each other",
         .read = readme(5)});
}

TEST_CASE("atomic: one counter, an atomic step for each decrement") {
    Sharing sharing("atomic");
    const Address word = sharing.common_counter();
    Counting& counting = sharing.counting;
    std::string& problem = sharing.problem;
    for (const auto& [thread, own] : sharing.written)
        if (problem.empty() && !own.atomic)
            problem = counting.name(thread) + " decrements the counter by a plain write";
    for (std::size_t i = 0; i < crew_size && problem.empty(); ++i) {  // one step of one, a decrement of the other
        const pid_t one = counting.members()[i], other = counting.others(one)[0];
        for (int step = 0; step < 25 && problem.empty(); ++step) {
            Look look = counting.microscope.step(one, 1, {word});
            const Look between = counting.microscope.step_to_change(other, {word});
            look.changes.insert(look.changes.end(), between.changes.begin(), between.changes.end());
            if (between.changes.empty())
                problem = counting.name(other) + " could not go on while " + counting.name(one) + " stood still";
            for (const Change& change : look.changes)
                if (std::abs(change.difference()) != 1)
                    problem = "a decrement was lost when two threads made theirs at once";
        }
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "each decrement of the one counter was one atomic instruction, and nobody waited for anybody"
                      : problem,
           .expected =
               "one std::atomic for all threads, changed by fetch_sub, -- or a compare-and-exchange for each decrement",
           .why = "read, subtract and write in one indivisible step loses nothing; in three steps, another thread's "
                  "write comes between",
           .read = readme(6)});
}

TEST_CASE("mutex: one counter, its mutex locked for each decrement") {
    Sharing sharing("mutex");
    const Address word = sharing.common_counter();
    Counting& counting = sharing.counting;
    std::string& problem = sharing.problem;
    for (int round = 0; round < 4 && problem.empty(); ++round) {
        const pid_t holder = counting.members()[static_cast<std::size_t>(round) % crew_size];
        if (!counting.advance(holder, word)) problem = counting.name(holder) + " makes no decrement any more";
        if (problem.empty()) problem = counting.not_excluded(holder, word);
        if (!problem.empty()) break;
        const pid_t next = counting.wakes_somebody(holder, word);
        if (next == 0) problem = counting.name(holder) + " keeps the lock for more than one decrement";
        else if (counting.microscope.step_to_change(next, {word}).stop != Stop::change)
            problem = counting.name(next) + " got no decrement in when the lock was given back";
        if (!problem.empty()) break;
        for (const pid_t third : counting.others(next))
            if (third != holder && !counting.passes_on(next, third, word))
                problem = counting.name(holder) + " gave the lock back, then " + counting.name(next) + " did, and " +
                          counting.name(third) + ", which had waited for it all along, sleeps on: it was never woken";
    }
    judge(
        {.holds = problem.empty(),
         .saw = problem.empty() ? "whoever had just decremented held the others back, and let them in before its "
                                  "next decrement, one after the other"
                                : problem,
         .expected = "one plain counter for all threads; the mutex locked before each decrement and unlocked after it",
         .why = "a lock for each decrement is what it costs to be safe by lock; held for longer, it is another program",
         .read = readme(7)});
}

TEST_CASE("gil: one lock, held while running") {
    Sharing sharing("gil");
    Counting& counting = sharing.counting;
    std::string& problem = sharing.problem;
    Address word = 0;
    std::size_t ran = 0;
    for (int round = 0; round < 60 && problem.empty() && ran < crew_size; ++round) {
        const std::vector<pid_t> alive = counting.members();
        for (const pid_t thread : alive) {
            if (counting.microscope.has_ended(thread)) continue;
            // First whoever can go on by itself; the others until the runner is done.
            if ((word != 0 || round < 8) && counting.microscope.blocked(thread)) continue;
            const Counting::Written now = counting.written(thread);
            if (now.counters.empty()) continue;
            if (word == 0) word = *now.counters.begin();
            if (!now.counters.count(word)) {
                problem = "the threads decrement different counters";
                break;
            }
            if (!counting.advance(thread, word)) break;
            problem = counting.not_excluded(thread, word);
            for (int decrement = 0; decrement < 10 && problem.empty(); ++decrement) {
                if (const pid_t woken = counting.wakes_somebody(thread, word);
                    woken != 0 && counting.microscope.step_to_change(woken, {word}).stop == Stop::change)
                    problem = counting.name(thread) + " let " + counting.name(woken) +
                              " in after a decrement, an hour too early";
            }
            if (!problem.empty()) break;
            counting.microscope.run(thread);  // its whole share: the interval is an hour
            ++ran;
            break;
        }
    }
    if (problem.empty() && ran < crew_size)
        problem = "only " + counted(ran, "thread", "threads") + " of three ever decremented the counter; " +
                  counting.situation();
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "each thread counted in turn, the others blocked, and kept the lock for many decrements"
                      : problem,
           .expected =
               "one plain counter; whoever counts holds the one lock for --switch-interval, all others are blocked",
           .why = "under a global lock threads take turns: never two run, and the lock is not paid for at each step",
           .read = readme(8)});
}

namespace {

using Ticks = std::map<pid_t, double>;  // each thread's processor time so far, in seconds

Ticks processor_times(const Program& program) {
    Ticks times;
    for (const Task& task : program.tasks()) {
        std::ifstream in("/proc/" + std::to_string(task.process) + "/task/" + std::to_string(task.thread) +
                         "/schedstat");
        double nanoseconds = 0;
        in >> nanoseconds;
        if (!task.ended()) times[task.thread] = nanoseconds / 1e9;
    }
    return times;
}

// The processor time that each of the same threads has used since; empty where they are others.
std::vector<double> used_since(const Ticks& then, const Ticks& now) {
    std::vector<double> used;
    for (const auto& [thread, time] : now) {
        if (!then.count(thread)) return {};
        used.push_back(time - then.at(thread));
    }
    if (used.size() != then.size()) return {};
    std::sort(used.rbegin(), used.rend());
    return used;
}

double sum_of(const std::vector<double>& used) {
    return std::accumulate(used.begin(), used.end(), 0.0);
}

// Adds who waits to `arrived`: for a turn or, where main does not count, for the others' ends.
void note_waiting(const Program& program, std::set<pid_t>& arrived) {
    for (const Task& task : program.tasks())
        if (task.blocked()) arrived.insert(task.thread);
}

// Runs freely, and looks at how the threads of one and the same crew share the processor, until `seen`
// is true of what they used since all but the runner have been seen to wait: who has not come yet, because
// the machine has other things to do, cannot have a turn. False where the program ends first.
bool watch(const std::string& interval, double least, const std::function<bool(const std::vector<double>&)>& seen) {
    for (int tries = 0; tries < 3; ++tries) {  // the grader may be kept off the processor for long
        Program program(executable(),
                        {"--count", "300M", "--threads", "3", "--sharing", "gil", "--switch-interval", interval},
                        setting());
        Ticks then = processor_times(program);
        std::set<pid_t> arrived;
        while (!program.ending()) {
            while (program.pump()) {
            }
            program.pause();
            note_waiting(program, arrived);
            const Ticks now = processor_times(program);
            const bool all_there = arrived.size() + 1 >= now.size();
            const std::vector<double> used = used_since(then, now);
            if (used.empty()) arrived.clear();
            if (used.size() < crew_size || !all_there) then = now;
            else if (sum_of(used) < least) continue;
            else if (seen(used)) return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("gil: every thread gets its turns") {
    constexpr double part = 0.1;
    std::string problem;
    const bool turns =
        watch("1ms", 0.02, [&](const std::vector<double>& used) { return used[crew_size - 1] > part * sum_of(used); });
    if (!turns) problem = "with --switch-interval 1ms, one thread ran to its end before all three had their turns";
    bool alone = problem.empty() &&
                 watch("1h", 0.03, [&](const std::vector<double>& used) { return used[1] < part * sum_of(used); });
    if (problem.empty() && !alone) problem = "with --switch-interval 1h, threads took turns all the same";
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "turns for all three with --switch-interval 1ms, one runner with 1h" : problem,
           .expected = "the lock handed over each --switch-interval, to a thread that waits for it",
           .why = "a lock that is kept to the end makes the threads run one after the other; the others starve",
           .read = readme(8)});
}
