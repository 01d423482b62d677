// Chapter 1: what a countdown of several actors must do. Each test case is one criterion, run by
// itself, for the program that ./kit grade names; points are in labs/labs.json.
#include "bench/catch.hpp"
#include "ch01_countdown/crew.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "support/duration.hpp"

namespace {

using Order = Countdown::Order;

Rest newest_first(Countdown& countdown) {
    return countdown.run_by_writes(Countdown::Writer::newest);
}

Rest oldest_first(Countdown& countdown) {
    return countdown.run_by_writes(Countdown::Writer::oldest);
}

// Two actors asleep between numbers, or why there are not.
struct Pair {
    pid_t first = 0, second = 0;
    std::string problem;
};

Pair two_asleep(Countdown& countdown) {
    countdown.settle();
    const std::vector<Held> actors = countdown.actors();
    if (actors.size() < 2) return {0, 0, countdown.situation()};
    return {actors[0].thread, actors[1].thread, ""};
}

// Who counted down: slept a tick, or printed numbers and slept. A decoy that sleeps for a moment does neither.
struct Counting {
    std::set<pid_t> threads, processes;
    bool parent_prints = false;  // the program's first process printed numbers, and slept ticks
    bool one_for_all = false;    // a thread printed the numbers of several actors, and slept all their ticks
};

Counting counting(const Countdown& countdown, const Crew& crew) {
    const std::map<pid_t, std::set<std::string>> printed = countdown.printed_by();
    const Nanoseconds tick = parse_duration(crew.tick).value();
    Counting found;
    std::map<pid_t, Nanoseconds> slept;
    for (const Event& event : countdown.program.stage().trace.events) {
        const auto own = printed.find(event.thread);
        const bool prints = own != printed.end();
        if (event.kind != Event::Kind::sleeps || (event.duration != tick && !prints)) continue;
        found.threads.insert(event.thread);
        found.processes.insert(event.process);
        if (!prints || event.duration != tick) continue;  // a logger prints for everybody and sleeps for nobody
        found.parent_prints = found.parent_prints || event.process == countdown.program.process();
        // To print for another is no proof: in a buffer that threads share, one's line leaves with another's.
        const Nanoseconds sum = slept[event.thread] += event.duration;
        const bool all_ticks = sum >= tick * crew.from * static_cast<long>(crew.names.size());
        found.one_for_all = found.one_for_all || (own->second.size() > 1 && all_ticks);
    }
    return found;
}

// To the end of everybody but the program itself: a main that leaves early hides nobody.
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
    const Crew crew{.from = 2};
    Countdown countdown(crew, {.policy = {.hold_ends = true}});
    run_before_main_leaves(countdown);
    const Counting found = counting(countdown, crew);
    const bool one_process = found.processes == std::set<pid_t>{countdown.program.process()};
    std::string saw = "two actors slept in " + counted(found.threads.size(), "thread", "threads") + " of " +
                      counted(found.processes.size(), "process", "processes") +
                      (found.processes.empty() || one_process ? "" : ", not all of them the program's own");
    if (found.one_for_all) saw = "one thread printed the numbers of Alice and of Bob, and slept their ticks";
    judge({.holds = one_process && found.threads.size() >= crew.names.size() && !found.one_for_all,
           .saw = saw,
           .expected = "two threads of one process, one for Alice and one for Bob",
           .why = "a thread is what the system can run beside another; without one of its own an actor waits its turn",
           .read = readme(3)});
}

TEST_CASE("each actor is a child process of its own") {
    const Crew crew{.from = 2};
    Countdown countdown(crew, {.policy = {.hold_ends = true}});
    run_before_main_leaves(countdown);
    Counting found = counting(countdown, crew);
    const bool parent_sleeps = found.processes.erase(countdown.program.process()) > 0;
    std::string saw = "two actors slept in " + counted(found.processes.size(), "child process", "child processes") +
                      (parent_sleeps ? " and in the program's first process" : "");
    if (found.parent_prints) saw = "the program's first process printed numbers, and slept ticks";
    if (found.one_for_all) saw = "one process printed the numbers of Alice and of Bob, and slept their ticks";
    judge({.holds = found.processes.size() >= crew.names.size() && !found.parent_prints && !found.one_for_all,
           .saw = saw,
           .expected = "two child processes, one for Alice and one for Bob",
           .why = "a process has memory of its own: what one actor breaks cannot break another",
           .read = readme(2)});
}

namespace {

std::string command_line(const Crew& crew) {
    constexpr std::size_t most_words = 8;
    const std::vector<std::string> words = crew.arguments();
    std::string text;
    for (std::size_t i = 0; i < words.size() && i < most_words; ++i) text += " " + words[i];
    return text + (words.size() > most_words ? " ... (" + counted(crew.names.size(), "name", "names") + ")" : "");
}

// Why the lines of a whole run are not what they ought to be, or "".
std::string wrong_run(const Crew& crew, const Policy& policy, const std::function<Rest(Countdown&)>& run) {
    Countdown countdown(crew, {.policy = policy});
    const Rest rest = run(countdown);
    std::string problem = wrong_lines(countdown.count_lines(), crew);
    if (problem.empty() && !countdown.program.unfinished().empty())
        problem = "a line without an end: " + in_quotes(countdown.program.unfinished());
    if (problem.empty()) problem = wrong_end(countdown.program, rest);
    return problem.empty() ? "" : "with" + command_line(crew) + ": " + problem;
}

// The longest countdown, as far as its second number: a count that is too small for it is wrong from the first.
std::string wrong_beginning() {
    const Crew crew{.from = 1'000'000};
    Countdown countdown(crew);
    countdown.settle();
    for (const Held& actor : countdown.actors()) countdown.step(actor.thread);
    const std::vector<std::string> lines = countdown.count_lines();
    std::size_t beginnings = 0;
    for (const std::string& name : crew.names) {
        const auto first = std::find(lines.begin(), lines.end(), number_line(name, crew.from));
        const auto second = std::find(first, lines.end(), number_line(name, crew.from - 1));
        if (second != lines.end()) ++beginnings;
    }
    const bool begun = beginnings > 0 && lines.size() == 2 * beginnings;
    return begun ? "" : "with" + command_line(crew) + " the lines begin with " + list_in_quotes(lines);
}

}  // namespace

TEST_CASE("prints every actor's lines in order") {
    const std::vector<Crew> crews = {{.from = 5, .tick = "1s"},
                                     {.from = 1, .names = {"Alice"}},
                                     {.from = 2, .names = {"Ann", "Ben", "Cy", "Dora", "Eve Lin"}, .joined = true},
                                     {.from = 2, .names = {"Alice", "Alice"}},
                                     {.from = 3, .tick = "0s", .names = {std::string(300, 'A'), "Bob"}}};
    std::string problem;
    for (const Crew& crew : crews)
        if (problem.empty()) problem = wrong_run(crew, {}, [](Countdown& countdown) { return countdown.run(); });
    if (problem.empty())
        problem = wrong_run({.from = 12}, {}, [](Countdown& countdown) { return countdown.run(Order::one_ahead); });
    if (problem.empty()) problem = wrong_run({.from = 1, .names = so_many(256)}, {}, newest_first);
    if (problem.empty()) problem = wrong_run({.from = 2, .names = three}, {.hold_writes = true}, newest_first);
    if (problem.empty()) problem = wrong_run({.from = 2, .names = three}, {.hold_writes = true}, oldest_first);
    if (problem.empty()) problem = wrong_beginning();
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "1 to 256 actors, from 1 to 1,000,000, whoever was let print first: each "
                                    "one's lines, whole and in order"
                                  : problem,
           .expected = "for each NAME from K to 1: " + in_quotes(line_prefix() + "NAME is counting down: K...") +
                       ", then " + in_quotes(line_prefix() + "NAME finished counting down") + ", and nothing else",
           .why = "actors may overtake each other, but each one's own lines have one order only",
           .read = readme(1)});
}

TEST_CASE("both actors count at the same time") {
    const Crew crew;
    Countdown countdown(crew);
    countdown.settle();
    const std::vector<std::string> lines = countdown.count_lines();
    const auto printed = [&](const std::string& line) {
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    const bool both = countdown.actors().size() >= 2 && printed(number_line("Alice", 3)) &&
                      printed(number_line("Bob", 3)) && lines.size() == 2;
    judge({.holds = both,
           .saw = both ? "Alice and Bob both asleep after their first number" : countdown.situation(),
           .expected = "Bob asleep between two numbers while Alice is asleep too",
           .why = "actors that run in turn take the sum of their times; together they take the longest",
           .read = readme(of_processes() ? 2 : 3)});
}

TEST_CASE("any actor may run ahead of the others") {
    const Crew crew{.from = 9};
    Countdown countdown(crew);
    const Pair pair = two_asleep(countdown);
    std::string problem = pair.problem;
    std::string names[2];
    const auto go = [&](int who, int steps) {  // this one alone, so many numbers
        const pid_t actor = who == 0 ? pair.first : pair.second;
        const pid_t other = who == 0 ? pair.second : pair.first;
        for (int i = 0; i < steps && problem.empty(); ++i) {
            const Countdown::Step step = countdown.step(actor);
            const std::string name = step.lines.size() == 1 ? actor_of(step.lines[0], crew) : "";
            if (names[who].empty()) names[who] = name;
            if (name.empty() || name != names[who] || names[0] == names[1] || !countdown.is_asleep(other))
                problem = "one actor" + (names[who].empty() ? "" : " (" + names[who] + ")") +
                          " was woken and the other kept asleep; then came " + list_in_quotes(step.lines) + "; " +
                          countdown.program.describe();
        }
    };
    go(0, 3);
    go(1, 5);
    for (int round = 0; round < 2; ++round) {
        go(0, 1);
        go(1, 1);
    }
    if (problem.empty()) {
        countdown.run(Order::one_ahead);
        problem = wrong_lines(countdown.count_lines(), crew);
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "the actors overtook each other in whatever order they were woken" : problem,
           .expected = "whoever is woken prints the next number and sleeps again, and nobody else moves",
           .why = "actors that wait for each other at every number are as slow as the slowest one",
           .read = readme(of_processes() ? 2 : 3)});
}

TEST_CASE("sleeps one tick after each number") {
    std::string problem;
    for (const char* tick : {"2500us", "1500ms", "30s", "1h"}) {
        const Crew crew{.from = 3, .tick = tick};
        const Nanoseconds asked = parse_duration(tick).value();
        Countdown countdown(crew);
        const Pair pair = two_asleep(countdown);
        problem = pair.problem;
        if (problem.empty() && countdown.count_lines().size() != 2)
            problem = "before any sleep there was " + list_in_quotes(countdown.count_lines());
        for (const pid_t actor : {pair.first, pair.second}) {
            for (int lines = 0; problem.empty() && lines < crew.from; ++lines) {
                const Countdown::Step step = countdown.step(actor);
                if (step.lines.empty() && step.asleep && step.slept < asked) break;  // in many slices: right so far
                const std::string slept =
                    "slept " + in_words(step.slept) + ", then printed " + list_in_quotes(step.lines);
                if (step.lines.size() != 1 || step.slept != asked) problem = slept;
                else if (lines == crew.from - 1 && step.asleep) problem = slept + ", then slept again";
            }
        }
        if (!problem.empty()) {
            problem = "with --from 3 --tick " + std::string(tick) + ": " + problem;
            break;
        }
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "one tick asked for after each number, for 2.5 ms, 1.5 s, 30 s and 1 h" : problem,
           .expected = "a number, then a sleep of --tick, by duration or deadline; after the last number too",
           .why = "the tick is the work that the actors share out; a different one is a different program",
           .read = readme(1)});
}

TEST_CASE("waits for the slowest actor") {
    const Crew crew{.from = 2, .names = three};
    std::string problem;
    for (std::size_t slowest = 0; slowest < three.size() && problem.empty(); ++slowest) {
        Countdown countdown(crew);
        countdown.settle();
        const std::vector<Held> actors = countdown.actors();
        const pid_t last = actors.empty() ? 0 : actors[std::min(slowest, actors.size() - 1)].thread;
        const Rest rest = countdown.run(Order::in_turn, last);
        if (actors.empty()) problem = countdown.situation();
        else if (rest == Rest::ended || !countdown.is_asleep(last))
            problem = "the program ended while one actor was still asleep; the last line is " +
                      (countdown.count_lines().empty() ? "missing" : in_quotes(countdown.count_lines().back()));
        if (!problem.empty()) break;
        const Rest end = countdown.run();
        problem = wrong_lines(countdown.count_lines(), crew);
        if (problem.empty()) problem = wrong_end(countdown.program, end);
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "whoever was kept asleep, the program waited and nothing was lost" : problem,
           .expected = "the program ends after its last actor, however long that one sleeps",
           .why = "when main returns, every thread of the process is gone, in the middle of whatever it did; "
                  "children that nobody waits for are orphans",
           .read = readme(of_processes() ? 2 : 4)});
}

TEST_CASE("writes every line whole") {
    // Each piece of a line is a write of its own; processes do not share a buffer, so theirs stays.
    const Crew crew{.from = 2};
    Countdown countdown(crew, {.policy = {.hold_writes = true}, .pieces = !of_processes()});
    Program& program = countdown.program;
    std::string problem;
    const Rest rest = run_for_cut_lines(program, problem);
    if (problem.empty()) problem = wrong_lines(countdown.count_lines(), crew);
    if (problem.empty()) problem = wrong_end(countdown.program, rest);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "held in the middle of whatever it wrote, no actor's line was cut by another"
                                  : problem,
           .expected = "a line in one write, or a lock held from its first piece to its last",
           .why = "between two pieces of a line any other actor may print: cout << a << b is two pieces",
           .read = readme(6)});
}

TEST_CASE("writes every line at once, into a pipe too") {
    const Crew crew;
    Countdown countdown(crew, {.out = Child::Out::pipe});
    countdown.settle();
    std::string problem;
    const std::vector<Held> asleep = countdown.actors();
    if (asleep.empty()) problem = countdown.situation();
    for (const Held& actor : asleep) {
        const std::size_t before = countdown.count_lines().size();
        if (before < countdown.actors().size())
            problem = std::to_string(countdown.actors().size()) +
                      " actors are asleep after a number, but the pipe has " + counted(before, "line", "lines");
        if (!problem.empty()) break;
        if (countdown.step(actor.thread).lines.empty()) problem = "an actor was woken and the pipe got no line of it";
    }
    if (problem.empty()) {
        const Rest rest = countdown.run();
        problem = wrong_lines(countdown.count_lines(), crew);
        if (problem.empty()) problem = wrong_end(countdown.program, rest);
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "stdout was a pipe, and each line was in it before its actor slept" : problem,
           .expected = "each line in the pipe before the sleep that follows it",
           .why = "on a pipe stdio keeps lines in a buffer: late, lost when killed, and printed twice after fork",
           .read = readme(6)});
}

namespace {

// Runs a sanitized build to its end; what the sanitizer said, in short, or what else went wrong.
std::string sanitized_run(Flavour flavour) {
    if (const std::string none = no_sanitized_build(flavour); !none.empty()) return none;
    // Many actors: room for eight of them, or for 64, is somebody else's memory for the rest.
    const bool many = flavour == Flavour::address_sanitizer;
    const std::vector<std::pair<Crew, std::function<Rest(Countdown&)>>> runs = {
        {{.from = 3, .names = three}, [](Countdown& countdown) { return countdown.run(Order::in_turn); }},
        {{.from = 3, .names = three}, [](Countdown& countdown) { return countdown.run(Order::one_ahead); }},
        {{.from = 1, .names = so_many(many ? 65 : 3)}, newest_first}};
    for (const auto& [crew, run] : runs) {
        Countdown countdown(crew, sanitized(flavour), flavour);
        countdown.settle();
        const std::size_t asleep = countdown.actors().size();
        const Rest rest = run(countdown);
        std::string problem = wrong_sanitized_run(countdown.program, rest);
        if (problem.empty()) problem = wrong_lines(countdown.count_lines(), crew);
        if (problem.empty() && asleep < crew.names.size())
            problem = "only " + std::to_string(asleep) + " of " + std::to_string(crew.names.size()) +
                      " actors counted at a time: what is never used together proves nothing";
        if (!problem.empty()) return problem;
    }
    return "";
}

}  // namespace

TEST_CASE("has no data race") {
    const std::string problem = sanitized_run(Flavour::thread_sanitizer);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "three actors under ThreadSanitizer, to the end: nothing to report" : problem,
           .expected = "no memory that one thread writes while another uses it without a lock or an atomic",
           .why = "a race may give right results a thousand times and a wrong one on the day that counts",
           .read = readme(7)});
}

TEST_CASE("has no memory error") {
    const std::string problem = sanitized_run(Flavour::address_sanitizer);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "3 and 65 actors under AddressSanitizer and UBSan, to the end: nothing to report"
                                  : problem,
           .expected = "no use of memory that is not there any more, or was never the program's",
           .why = "an actor that borrows what its creator has already left reads whatever stands there now",
           .read = readme(7)});
}

TEST_CASE("does not busy-wait") {
    const Crew crew;
    Countdown countdown(crew);
    std::string problem;
    std::size_t looks = 0;
    const auto look = [&](Rest rest) {
        ++looks;
        if (problem.empty() && rest != Rest::standstill)
            problem = rest == Rest::spinning ? "everybody was asleep or waiting, but for this: " + countdown.situation()
                                             : wrong_end(countdown.program, rest) + "; " + countdown.situation();
    };
    look(countdown.settle());
    const std::vector<Held> actors = countdown.actors();
    if (actors.empty() && problem.empty()) problem = "nobody sleeps: " + countdown.situation();
    if (problem.empty() && !actors.empty()) {  // and while one actor is done and the other is not
        for (int step = 0; step < crew.from; ++step) countdown.step(actors[0].thread);
        if (countdown.actors().size() == 1) look(countdown.program.settle());
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "while actors were kept asleep, nobody used the processor (" + std::to_string(looks) + " looks)"
                      : problem,
           .expected = "whoever waits is blocked: join, wait, a condition variable, not a loop that looks again",
           .why = "a loop that looks again and again takes the processor from those it waits for",
           .read = readme(4)});
}

namespace {

std::string wrong_start_or_finish(const Policy& policy, const std::function<Rest(Countdown&)>& run) {
    const Crew crew{.from = 2, .names = three};
    Countdown countdown(crew, {.policy = policy});
    const Rest rest = run(countdown);
    const std::vector<std::string> lines = countdown.program.lines();
    const auto place = [&](const std::string& line) { return std::find(lines.begin(), lines.end(), line); };
    for (const std::string& name : crew.names) {
        const std::string start = "Thread " + name + " starting...", finish = "Thread " + name + " finished";
        for (const std::string& line : {start, finish}) {
            const long count = std::count(lines.begin(), lines.end(), line);
            if (count != 1) return in_quotes(line) + " is printed " + std::to_string(count) + " times";
        }
        if (place(start) > place(number_line(name, crew.from)))
            return in_quotes(start) + " comes after " + in_quotes(number_line(name, crew.from));
        if (place(finish) < place(end_line(name)))
            return in_quotes(finish) + " comes before " + in_quotes(end_line(name));
    }
    return wrong_end(countdown.program, rest);
}

}  // namespace

TEST_CASE("says when each actor starts and has finished") {
    std::string problem;
    for (const Order order : {Order::in_turn, Order::one_ahead})
        if (problem.empty())
            problem = wrong_start_or_finish({}, [order](Countdown& countdown) { return countdown.run(order); });
    if (problem.empty()) problem = wrong_start_or_finish({.hold_writes = true}, newest_first);
    if (problem.empty()) problem = wrong_start_or_finish({.hold_writes = true}, oldest_first);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "each actor's start before its numbers, its finish after them" : problem,
           .expected = "\"Thread NAME starting...\" before, \"Thread NAME finished\" after NAME's own lines, once each",
           .why = "an object that owns its thread knows when that begins and when it is over",
           .read = readme(5)});
}

TEST_CASE("refuses bad flags") {
    const std::vector<BadFlags> all = {
        {{"--from", "0"}, {"--from", "0"}},         {{"--from", "1000001", "Alice"}, {"--from", "1000001"}},
        {{"--from=abc"}, {"--from", "abc"}},        {{"--from", "-3", "Alice", "Bob"}, {"--from", "-3"}},
        {{"--tick", "5"}, {"--tick", "5"}},         {{"--tick", "-1s"}, {"--tick", "-1s"}},
        {{"--tick=2h", "Alice"}, {"--tick", "2h"}}, {{"Alice", "--tick"}, {"--tick"}},
        {{"--bogus", "Alice"}, {"--bogus"}}};
    judge_refusals(all, readme(8));
}
