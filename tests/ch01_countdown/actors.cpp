// Chapter 1: how the actors of a countdown go on beside each other. Each test case is one criterion, run by itself, for
// the program that ./kit grade names; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch01_countdown/countdown.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "support/duration.hpp"

namespace {

using Order = Countdown::Order;

// Who counted down: slept a tick, or printed numbers and slept. A decoy that sleeps for a moment does neither.
struct Counting {
    std::set<pid_t> threads, processes;
    bool parent_prints = false;  // the program's first process printed numbers, and slept ticks
    bool one_for_all = false;    // a thread printed the numbers of several actors, and slept all their ticks
};

Counting counting(const Countdown& countdown, const CountdownPlan& plan) {
    const std::map<pid_t, std::set<std::string>> printed = countdown.printed_by();
    const Nanoseconds tick = parse_duration(plan.tick).value();
    Counting found;
    std::map<pid_t, Nanoseconds> slept;
    for (const Event& event : countdown.program.stage().trace.events) {
        const auto own = printed.find(event.thread);
        const bool prints = own != printed.end();
        if (event.kind != Event::Kind::sleeps || (event.duration != tick && !prints)) continue;
        found.threads.insert(event.thread);
        found.processes.insert(event.process);
        if (!prints || event.duration != tick) continue;  // a logger prints for all actors and sleeps for none
        found.parent_prints = found.parent_prints || event.process == countdown.program.process();
        // To print for another is no proof: in a buffer that threads share, one's line leaves with another's.
        const Nanoseconds sum = slept[event.thread] += event.duration;
        const bool all_ticks = sum >= tick * plan.from * static_cast<long>(plan.names.size());
        found.one_for_all = found.one_for_all || (own->second.size() > 1 && all_ticks);
    }
    return found;
}

// To the end of all threads and children but the program's first thread: a main that leaves early hides none of them.
void run_before_main_leaves(Countdown& countdown) {
    Program& program = countdown.program;
    for (bool any = true; any;) {
        countdown.run();
        any = false;
        for (const Held::Kind end : {Held::Kind::thread_end, Held::Kind::process_end}) {
            for (const Held& held : program.stage().held(end)) {
                const bool main_ends = end == Held::Kind::process_end ? held.process == program.process()
                                                                      : held.thread == program.process();
                if (main_ends) continue;
                program.wake(held);
                any = true;
            }
        }
    }
}

}  // namespace

TEST_CASE("each actor is a thread of its own") {
    const CountdownPlan plan{.from = 2};
    Countdown countdown(plan, {.policy = {.hold_ends = true}});
    run_before_main_leaves(countdown);
    const Counting found = counting(countdown, plan);
    const bool one_process = found.processes == std::set<pid_t>{countdown.program.process()};
    std::string saw = "the actors slept in " + counted(found.threads.size(), "thread", "threads");
    if (!found.processes.empty() && !one_process)
        saw += " of " + counted(found.processes.size(), "process", "processes") +
               ", and not all of these threads are the program's own";
    if (found.one_for_all) saw = "one thread printed the numbers of both Alice and Bob, and slept their ticks";
    judge({.holds = one_process && found.threads.size() >= plan.names.size() && !found.one_for_all,
           .saw = saw,
           .expected = "the program runs Alice and Bob in two threads of one process",
           .why = "the system can run threads beside each other; an actor without a thread of its own has to wait for "
                  "its turn",
           .read = readme(3)});
}

TEST_CASE("each actor is a child process of its own") {
    const CountdownPlan plan{.from = 2};
    Countdown countdown(plan, {.policy = {.hold_ends = true}});
    run_before_main_leaves(countdown);
    Counting found = counting(countdown, plan);
    const bool parent_sleeps = found.processes.erase(countdown.program.process()) > 0;
    std::string saw = "the actors slept in " + counted(found.processes.size(), "child process", "child processes") +
                      (parent_sleeps ? " and in the parent" : "");
    if (found.parent_prints) saw = "the parent itself printed numbers, and slept ticks";
    if (found.one_for_all) saw = "one process printed the numbers of both Alice and Bob, and slept their ticks";
    judge({.holds = found.processes.size() >= plan.names.size() && !found.parent_prints && !found.one_for_all,
           .saw = saw,
           .expected = "the program runs Alice and Bob in two child processes",
           .why = "a process has its own memory: what one actor breaks there cannot break another actor",
           .read = readme(2)});
}

TEST_CASE("both actors count at the same time") {
    const CountdownPlan plan;
    Countdown countdown(plan);
    countdown.settle();
    const Words lines = countdown.count_lines();
    const auto printed = [&](const std::string& line) {
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    const bool both = countdown.actors().size() >= 2 && printed(number_line("Alice", 3)) &&
                      printed(number_line("Bob", 3)) && lines.size() == 2;
    judge({.holds = both,
           .saw = both ? "Alice and Bob were both asleep after their first number" : countdown.who_sleeps(),
           .expected = "Bob is asleep between two numbers while Alice is asleep too",
           .why = "actors that take turns need the sum of their times; together they need only as long as the slowest",
           .read = readme(of_processes() ? 2 : 3)});
}

namespace {

// Two actors asleep between numbers, or why there are not.
struct Pair {
    pid_t first = 0, second = 0;
    std::string problem;
};

Pair two_asleep(Countdown& countdown) {
    countdown.settle();
    const std::vector<Held> actors = countdown.actors();
    if (actors.size() < 2) return {0, 0, countdown.who_sleeps()};
    return {actors[0].thread, actors[1].thread, ""};
}

// Moves one actor alone, so many numbers: what goes wrong, or "". `names`: of both, as far as they are known.
std::string not_alone(Countdown& countdown, const CountdownPlan& plan, const Pair& pair, int who, int numbers,
                      Words& names) {
    const pid_t actor = who == 0 ? pair.first : pair.second, other = who == 0 ? pair.second : pair.first;
    std::string& own = names[static_cast<std::size_t>(who)];
    for (int i = 0; i < numbers; ++i) {
        const Countdown::Step step = countdown.step(actor);
        const std::string name = step.lines.size() == 1 ? actor_of(step.lines[0], plan) : "";
        if (own.empty()) own = name;
        if (name.empty() || name != own || names[0] == names[1] || !countdown.is_asleep(other))
            return "one actor" + (own.empty() ? "" : " (" + own + ")") +
                   " was woken while the other was kept asleep, and then " +
                   (step.lines.empty() ? "no line came" : "came " + list_in_quotes(step.lines)) + "; " +
                   countdown.program.describe();
    }
    return "";
}

std::string cannot_run_ahead() {
    const CountdownPlan plan{.from = 9};
    Countdown countdown(plan);
    const Pair pair = two_asleep(countdown);
    if (!pair.problem.empty()) return pair.problem;
    Words names(2);
    for (const auto& [who, numbers] : std::vector<std::pair<int, int>>{{0, 3}, {1, 5}, {0, 1}, {1, 1}, {0, 1}, {1, 1}})
        if (const std::string problem = not_alone(countdown, plan, pair, who, numbers, names); !problem.empty())
            return problem;
    countdown.run(Order::one_ahead);
    return countdown.wrong_count_lines();
}

}  // namespace

TEST_CASE("any actor may run ahead of the others") {
    judge(cannot_run_ahead(),
          {.saw = "the actors overtook each other in whatever order they were woken",
           .expected = "an actor that is woken prints its next number and sleeps again, and no other actor moves",
           .why = "if actors wait for each other at every number, all of them are as slow as the slowest",
           .read = readme(of_processes() ? 2 : 3)});
}

namespace {

// This actor alone, to its end.
std::string wrong_sleep(Countdown& countdown, const CountdownPlan& plan, pid_t actor) {
    const Nanoseconds tick = parse_duration(plan.tick).value();
    for (int numbers = 0; numbers < plan.from; ++numbers) {
        const Countdown::Step step = countdown.step(actor);
        if (step.lines.empty() && step.asleep && step.slept < tick) break;  // in many slices: right so far
        const std::string slept =
            "an actor slept " + in_words(step.slept) + ", then printed " + list_in_quotes(step.lines);
        if (step.lines.size() != 1 || step.slept != tick) return slept;
        if (numbers == plan.from - 1 && step.asleep) return slept + ", then slept again";
    }
    return "";
}

std::string wrong_sleeps(const std::string& tick) {
    const CountdownPlan plan{.from = 3, .tick = tick};
    Countdown countdown(plan);
    const Pair pair = two_asleep(countdown);
    std::string problem = pair.problem;
    if (problem.empty() && countdown.count_lines().size() != 2)
        problem = "when the actors first slept, they had printed " + list_in_quotes(countdown.count_lines());
    for (const pid_t actor : {pair.first, pair.second})
        if (problem.empty()) problem = wrong_sleep(countdown, plan, actor);
    return problem.empty() ? "" : "with --from 3 --tick " + tick + ": " + problem;
}

}  // namespace

TEST_CASE("sleeps one tick after each number") {
    std::string problem;
    for (const char* tick : {"2500us", "1500ms", "30s", "1h"})
        if (problem.empty()) problem = wrong_sleeps(tick);
    judge(
        problem,
        {.saw = "each actor slept one tick after each number, with ticks of 2.5 ms, 1.5 s, 30 s and 1 h",
         .expected = "each actor sleeps for --tick after every number, the last one too, by duration or to a deadline",
         .why = "the tick stands for the work of an actor; with a different one, it is a different program",
         .read = readme(1)});
}

namespace {

std::string leaves_the_slowest(std::size_t slowest) {
    Countdown countdown({.from = 2, .names = three});
    const Rest first = countdown.settle();
    const std::vector<Held> actors = countdown.actors();
    if (actors.empty()) {
        countdown.run();
        return first == Rest::ended ? "the program ended before its actors did; " + countdown.last_count_line()
                                    : countdown.who_sleeps();
    }
    const pid_t last = actors[std::min(slowest, actors.size() - 1)].thread;
    const Rest rest = countdown.run(Order::in_turn, last);
    if (rest == Rest::ended || !countdown.is_asleep(last))
        return "the program ended while one actor was still asleep; " + countdown.last_count_line();
    return countdown.wrong_finish(countdown.run());
}

}  // namespace

TEST_CASE("waits for the slowest actor") {
    std::string problem;
    for (std::size_t slowest = 0; slowest < three.size() && problem.empty(); ++slowest)
        problem = leaves_the_slowest(slowest);
    judge(problem,
          {.saw = "whichever actor was kept asleep, the program waited for it, and no line was lost",
           .expected = "the program ends after its last actor, however long that one sleeps",
           .why = of_processes() ? "a parent that ends first leaves its children behind as orphans, and its own end "
                                   "comes before the end of the work"
                                 : "when main returns, the process ends, and every thread with it, in the "
                                   "middle of whatever it does",
           .read = readme(of_processes() ? 2 : 4)});
}
