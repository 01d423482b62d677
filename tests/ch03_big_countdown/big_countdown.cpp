// Chapter 3: what a big countdown shared out to threads must do, whichever of the two programs it is. Each
// test case is one criterion, run by itself, for the program that ./kit grade names; points are in
// chapter.json.
//
// Nothing here is timed. Threads are moved one at a time under the microscope, and judged by the
// instructions they make and the memory these change.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch03_big_countdown/counting.hpp"
#include "ch03_big_countdown/table.hpp"

#include <algorithm>

TEST_CASE("the count is split over threads of its own") {
    Counting counting(shared_as("private", {"--count", "9000", "--threads", "4"}));
    counting.finish(Counting::Order::oldest_first);
    const std::size_t born = counting.microscope.born().size();
    judge({.holds = born >= 3,  // and main may be the fourth
           .saw = "the program started " + counted(born, "thread", "threads"),
           .expected = "with --threads 4 the program starts four threads, or three if main counts as well",
           .why = "a program without threads uses one core, however many the machine has",
           .read = readme(of_contention() ? 4 : 3)});
}

namespace {

// How many more steps each thread makes for a count that is larger by `difference`: most first.
std::vector<long> growth(std::int64_t few, std::int64_t difference) {
    const auto steps_of = [](std::int64_t count) {
        const Words arguments = {"--count", std::to_string(count), "--threads", std::to_string(crew_size)};
        return Counting(shared_as("private", arguments)).steps_to_the_end();
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

// "400, 399 and 401 more instructions"
std::string more_instructions(const std::vector<long>& numbers) {
    std::string text;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        text += (i == 0 ? "" : i + 1 == numbers.size() ? " and " : ", ") + std::to_string(std::max(0L, numbers[i]));
    return text.empty() ? "no instruction" : text + " more instructions";
}

}  // namespace

TEST_CASE("every decrement is really made") {
    const std::vector<long> grown = growth(few, difference);
    long sum = 0;
    for (const long steps : grown) sum += steps;
    // One thread, private, is measured in the same run: its decrements are made, too.
    judge(
        {.holds = sum >= (of_contention() ? 2 : 1) * difference,
         .saw = "for " + std::to_string(difference) + " more decrements the threads made " + more_instructions(grown),
         .expected = "the program makes at least one instruction for each decrement" +
                     std::string(of_contention() ? ", in three threads, and again in one alone for the speed-up" : ""),
         .why = "the compiler leaves out a loop whose result it knows beforehand: then nothing is measured",
         .read = readme(of_contention() ? 4 : 1)});
}

TEST_CASE("each thread makes its own share of the work") {
    std::vector<long> grown = growth(few, difference);
    grown.resize(crew_size);
    const long least = grown.back(), most = grown.front();
    judge({.holds = least >= difference / static_cast<long>(crew_size) && most <= 2 * least,
           .saw = "for " + std::to_string(difference / static_cast<long>(crew_size)) +
                  " more decrements in each of three threads, these made " + more_instructions(grown),
           .expected = "each of the three threads makes about as many more instructions as the others",
           .why = "the program is done when its last thread is: if one thread does most of the work, the others gain "
                  "nothing",
           .read = readme(2)});
}

namespace {

// All of the crew in the midst of their work, none of them blocked.
std::string not_at_once(const std::string& sharing) {
    std::string problem;
    const std::unique_ptr<Counting> counting = counting_crew(sharing, problem);
    std::vector<Stop> last;
    for (int round = 0; round < 3 && problem.empty(); ++round) {
        last.clear();
        for (const pid_t thread : counting->members()) last.push_back(counting->go_round(thread).stop);
    }
    const long working = std::count(last.begin(), last.end(), Stop::steps);
    if (problem.empty() && working != static_cast<long>(crew_size))
        problem = "of three threads, " + std::to_string(working) + " could go on while the others stood still; " +
                  counting->situation();
    return problem;
}

std::string not_at_once() {
    if (!of_contention()) return not_at_once("");
    for (const std::string sharing : {"private", "padded", "adjacent", "atomic"})
        if (const std::string problem = not_at_once(sharing); !problem.empty())
            return "with --sharing " + sharing + ": " + problem;
    return "";
}

}  // namespace

TEST_CASE("all threads count at the same time") {
    judge(not_at_once(),
          {.saw = "three threads were in the middle of their shares, and each could go on while the others stood still",
           .expected = "with --threads 3, three threads count at the same time, and none waits for another",
           .why = "threads that wait for one another to finish share out the work but gain no time",
           .read = readme(of_contention() ? 4 : 3)});
}

namespace {

std::string wrong_shares(Counting::Order order) {
    Counting counting({"--count", "30000", "--threads", "3"});
    counting.gather(crew_size);
    counting.finish(order);
    const Rest rest = counting.program.settle();
    return counting.wrong_lines_or_end(wrong_thread_lines(counting.program.lines(), 30'000, 3), rest);
}

}  // namespace

TEST_CASE("prints every thread's share in order, then the sum") {
    std::string problem = wrong_shares(Counting::Order::oldest_first);
    if (problem.empty()) {
        problem = wrong_shares(Counting::Order::newest_first);
        if (!problem.empty()) problem = "with the thread that began last allowed to finish first: " + problem;
    }
    judge(
        problem,
        {.saw = "the program printed three shares in order, then the sum, whichever thread finished first",
         .expected = "the program prints \"thread I counted down from N\" for I from 1 to 3, then \"counted down from "
                     "30000 in S s\"",
         .why = "threads finish in any order; a reader wants their lines always in the same one",
         .read = readme(3)});
}

namespace {

struct Sum {
    const char* count;
    std::int64_t value;
    int threads;
};

std::string wrong_sum(const Sum& sum) {
    const Words arguments = {"--count", sum.count, "--threads", std::to_string(sum.threads)};
    Bench bench(sum.threads == 1 ? with_equals(arguments) : arguments, setting());
    std::string problem = bench.wrong_end(bench.settle());
    if (problem.empty()) problem = wrong_thread_lines(bench.program.lines(), sum.value, sum.threads);
    return problem.empty() ? "" : with_arguments(arguments) + ": " + problem;
}

}  // namespace

TEST_CASE("the shares add up to the count") {
    std::string problem;
    for (const Sum& sum : {Sum{"1000003", 1'000'003, 3},
                           {"7", 7, 2},
                           {"5", 5, 8},
                           {"1", 1, 4},
                           {"0", 0, 3},
                           {"1.5M", 1'500'000, 7},
                           {"50k", 50'000, 1},
                           {"1000", 1'000, 256}})
        if (problem.empty()) problem = wrong_sum(sum);
    if (problem.empty()) problem = too_big_for_it();
    judge(
        problem,
        {.saw = "with 1 to 256 threads, and with counts that divide, that do not, and that are 0, each sum was right; "
                "a count of 40 bits was begun",
         .expected = "the shares are 0 or more and add up to COUNT, and the last line has COUNT in digits",
         .why = "COUNT / THREADS drops the remainder: no thread makes those decrements",
         .read = readme(2)});
}
