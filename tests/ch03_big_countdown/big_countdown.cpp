// Chapter 3: what a big countdown shared out to threads must do, whichever of the two programs it is. Each
// test case is one criterion, run by itself, for the program that ./kit grade names; points are in
// labs/labs.json.
//
// Nothing here is timed. Threads are moved one at a time under the microscope, and judged by the
// instructions they make and the memory these change.
#include <algorithm>

#include "bench/catch.hpp"
#include "ch03_big_countdown/counting.hpp"

TEST_CASE("the count is split over threads of its own") {
    Words arguments = {"--count", "9000", "--threads", "4"};
    if (of_contention()) arguments.insert(arguments.end(), {"--sharing", "private"});
    Counting counting(arguments);
    counting.finish(Counting::Order::oldest_first);
    const std::size_t born = counting.microscope.born().size();
    judge({.holds = born >= 3,  // and main may be the fourth
           .saw = "the program made " + counted(born, "thread", "threads"),
           .expected = "with --threads 4, four threads that count, or three and main",
           .why = "a program without threads uses one core, however many the machine has",
           .read = readme(of_contention() ? 4 : 3)});
}

namespace {

// How many more steps each thread makes for a count that is larger by `difference`: most first.
std::vector<long> growth(std::int64_t few, std::int64_t difference) {
    const auto steps_of = [](std::int64_t count) {
        Words arguments = {"--count", std::to_string(count), "--threads", std::to_string(crew_size)};
        if (of_contention()) arguments.insert(arguments.end(), {"--sharing", "private"});
        return Counting(arguments).steps_to_the_end();
    };
    const std::vector<unsigned long> less = steps_of(few), more = steps_of(few + difference);
    std::vector<long> grown;
    for (std::size_t i = 0; i < std::min(less.size(), more.size()); ++i)
        grown.push_back(static_cast<long>(more[i]) - static_cast<long>(less[i]));
    std::sort(grown.rbegin(), grown.rend());
    return grown;
}

// Of as many digits, with and without the difference: what is printed of them takes as many steps.
constexpr std::int64_t few = 1'000, difference = 1'200;

std::string as_list(const std::vector<long>& numbers) {
    std::string text;
    for (const long number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text.empty() ? "nothing" : text;
}

}  // namespace

TEST_CASE("every decrement is really made") {
    const std::vector<long> grown = growth(few, difference);
    long sum = 0;
    for (const long steps : grown) sum += steps;
    // One thread, private, is measured in the same run: its decrements are made, too.
    judge({.holds = sum >= (of_contention() ? 2 : 1) * difference,
           .saw = "for " + std::to_string(difference) + " decrements more, the threads made " + as_list(grown) +
                  " instructions more",
           .expected = "at least one instruction for each decrement" +
                       std::string(of_contention() ? ", by three threads, and by one alone for the speed-up" : ""),
           .why = "a loop whose result is known beforehand is left out by the compiler: then nothing is measured",
           .read = readme(of_contention() ? 4 : 1)});
}

TEST_CASE("each thread makes its own share of the work") {
    std::vector<long> grown = growth(few, difference);
    grown.resize(crew_size);
    const long least = grown.back(), most = grown.front();
    judge({.holds = least >= difference / static_cast<long>(crew_size) && most <= 2 * least,
           .saw = "for " + std::to_string(difference / static_cast<long>(crew_size)) +
                  " decrements more for each of three threads, they made " + as_list(grown) + " instructions more",
           .expected = "as many more for each of them",
           .why =
               "the program is done when the last thread is: one that does most of the work makes the others pointless",
           .read = readme(2)});
}

namespace {

// All of the crew in the midst of their work, none of them blocked.
std::string not_at_once(const std::string& sharing = "") {
    std::string problem;
    const std::unique_ptr<Counting> counting = counting_crew(sharing, problem);
    std::vector<Stop> last;
    for (int round = 0; round < 3 && problem.empty(); ++round) {
        last.clear();
        for (const pid_t thread : counting->members()) last.push_back(counting->go_round(thread).stop);
    }
    const long working = std::count(last.begin(), last.end(), Stop::steps);
    if (problem.empty() && working != static_cast<long>(crew_size))
        problem = "only " + counted(static_cast<std::size_t>(working), "thread", "threads") +
                  " of three could make steps; " + counting->situation();
    return problem;
}

}  // namespace

TEST_CASE("all threads count at the same time") {
    std::string problem;
    if (!of_contention()) problem = not_at_once();
    for (const char* sharing : {"private", "padded", "adjacent", "atomic"}) {
        if (!of_contention() || !problem.empty()) break;
        problem = not_at_once(sharing);
        if (!problem.empty()) problem = "with --sharing " + std::string(sharing) + ": " + problem;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "three threads in the midst of their shares, each able to go on while the others stood still"
                      : problem,
           .expected = "with --threads 3, three threads that count at once, and none that waits for another",
           .why = "threads that wait for one another to finish share out the work, but gain no time",
           .read = readme(of_contention() ? 4 : 3)});
}

TEST_CASE("prints every thread's share in order, then the sum") {
    std::string problem;
    for (const Counting::Order order : {Counting::Order::oldest_first, Counting::Order::newest_first}) {
        Counting counting({"--count", "30000", "--threads", "3"});
        counting.gather(crew_size);
        counting.finish(order);
        const Rest rest = counting.program.settle();
        problem = wrong_thread_lines(counting.program.lines(), 30'000, 3);
        if (problem.empty() && !counting.program.unfinished().empty())
            problem = "a line without an end: " + in_quotes(counting.program.unfinished());
        if (problem.empty()) problem = wrong_end(counting.program, rest);
        if (problem.empty()) continue;
        problem =
            std::string(order == Counting::Order::newest_first ? "(the thread that began last was let finish first) "
                                                               : "") +
            problem;
        break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "three shares in order, then the sum, whichever thread was done first" : problem,
           .expected = "\"thread I counted down from N\" for I from 1 to 3, then \"counted down from 30000 in S s\"",
           .why = "threads finish in any order; whoever reads the lines wants them in one",
           .read = readme(3)});
}

TEST_CASE("the shares add up to the count") {
    struct Case {
        const char* count;
        std::int64_t value;
        int threads;
    };
    std::string problem;
    for (const Case& test : {Case{"1000003", 1'000'003, 3},
                             {"7", 7, 2},
                             {"5", 5, 8},
                             {"1", 1, 4},
                             {"0", 0, 3},
                             {"1.5M", 1'500'000, 7},
                             {"50k", 50'000, 1},
                             {"1000", 1'000, 256}}) {
        const Words arguments = {"--count", test.count, "--threads", std::to_string(test.threads)};
        Program program(executable(), test.threads == 1 ? with_equals(arguments) : arguments, setting());
        problem = run_to_the_end(program);
        if (problem.empty()) problem = wrong_thread_lines(program.lines(), test.value, test.threads);
        if (problem.empty()) continue;
        problem = in_words(arguments) + ": " + problem;
        break;
    }
    if (problem.empty()) problem = too_big_for_it();
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "1 to 256 threads, counts that divide and that do not, 0 among them: each sum "
                                    "right; a count of 40 bits was begun"
                                  : problem,
           .expected = "shares of 0 or more whose sum is COUNT, and COUNT in digits in the last line",
           .why = "COUNT / THREADS drops the remainder: those decrements are made by nobody",
           .read = readme(2)});
}

TEST_CASE("joins every thread") {
    Words arguments = {"--count", "3000", "--threads", "3"};
    if (of_contention()) arguments.insert(arguments.end(), {"--sharing", "all"});
    Program program(executable(), arguments, setting({.hold_ends = true}));
    std::size_t joined = 0;
    const auto run = [&] { program.settle(); };
    const std::string problem = wrong_joins(program, run, joined);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "main waited for each of " + counted(joined, "thread", "threads") +
                                        " to make its very last step"
                                  : problem,
           .expected = "main waits until each thread is gone: join, or an object that joins in its destructor",
           .why = "a thread that nobody joins may still run when main uses what it counted, or is gone",
           .read = readme(of_contention() ? 4 : 3)});
}

namespace {

std::string sanitized_run(Flavour flavour, const Words& arguments, std::size_t threads) {
    Program program(executable(flavour), arguments, sanitized(flavour, setting()));
    std::string problem = wrong_sanitized_run(program, program.settle());
    const auto born = static_cast<std::size_t>(program.stage().trace.count(Event::Kind::thread_created));
    if (problem.empty() && born + 1 < threads) problem = "only " + counted(born, "thread", "threads") + " beside main";
    return problem.empty() ? "" : in_words(arguments) + ": " + problem;
}

std::string sanitized_runs(Flavour flavour) {
    std::string problem = no_sanitized_build(flavour);
    for (const std::string& sharing : of_contention() ? modes : Words{""}) {
        if (!problem.empty()) break;
        Words arguments = {"--count", "3000", "--threads", "3"};
        if (!sharing.empty()) arguments.insert(arguments.end(), {"--sharing", sharing, "--switch-interval", "1ms"});
        problem = sanitized_run(flavour, arguments, crew_size);
    }
    // As many threads as there may be: what is kept of each has a place for each.
    if (problem.empty() && flavour == Flavour::address_sanitizer) {
        Words arguments = {"--count", "1000", "--threads", "256"};
        if (of_contention()) arguments.insert(arguments.end(), {"--sharing", "adjacent"});
        problem = sanitized_run(flavour, arguments, 256);
    }
    return problem;
}

}  // namespace

TEST_CASE("has no data race") {
    const std::string problem = sanitized_runs(Flavour::thread_sanitizer);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "three threads under ThreadSanitizer, to the end: nothing to report" : problem,
           .expected = "no memory that one thread writes while another uses it without a lock or an atomic",
           .why = "two threads that decrement one plain counter at once lose a decrement now and then",
           .read = readme(of_contention() ? 6 : 3)});
}

TEST_CASE("has no memory error") {
    const std::string problem = sanitized_runs(Flavour::address_sanitizer);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "three threads under AddressSanitizer and UBSan, to the end: nothing to report"
                                  : problem,
           .expected = "no use of memory that is not there any more, or was never the program's",
           .why = "a thread that borrows what its creator has already left reads whatever stands there now",
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
    judge_refusals(all, readme(of_contention() ? 4 : 2));
}
