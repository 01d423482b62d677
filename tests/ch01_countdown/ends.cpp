// Chapter 1: how actors end, and how the program does then. Each test case is one criterion, run by itself;
// points are in chapter.json.
#include "bench/ends.hpp"
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch01_countdown/countdown.hpp"
#include "grader/stage/injector.hpp"

#include <algorithm>
#include <csignal>
#include <functional>

namespace {

// Threads may end as they like: the one that reaps may be one of them, and a child may have some.
Rest run_and_end_threads(Countdown& countdown) {
    Rest rest = Rest::standstill;
    for (bool any = true; any;) {
        rest = countdown.run();
        const std::vector<Held> threads = countdown.program.stage().held(Held::Kind::thread_end);
        for (const Held& thread : threads) countdown.program.wake(thread);
        any = !threads.empty();
    }
    return rest;
}

// Lets children end one by one, or all who can at the same moment. Why not each of them was waited for, or "".
std::string wrong_reaping(const CountdownPlan& plan, bool together) {
    Countdown countdown(plan, {.policy = {.hold_ends = true}});
    Program& program = countdown.program;
    Rest rest = run_and_end_threads(countdown);
    if (ends_of_children(program).empty()) return "no child process came to its end: " + countdown.situation();
    const std::string when = together ? std::to_string(plan.names.size()) + " children ended at the same moment, and "
                                      : "all children are done, and ";
    for (std::vector<Held> ends; !(ends = ends_of_children(program)).empty();) {
        if (parent_leaves(program)) return left_behind(program, when);
        if (together) end_together(program, ends);
        else program.wake(ends.back());
        rest = run_and_end_threads(countdown);
    }
    const std::string hangs = rest == Rest::standstill ? "the program hangs: " : "the program does not end: ";
    const std::string problem = parent_leaves(program) ? left_behind(program, when) : hangs + when + program.describe();
    for (const Held& held : program.stage().held(Held::Kind::process_end)) program.wake(held);
    rest = program.settle();
    return problem.empty() ? countdown.wrong_end(rest) : problem;
}

}  // namespace

TEST_CASE("reaps every child process") {
    std::string problem = wrong_reaping({.from = 1, .names = three}, false);
    for (const std::size_t children : {2, 8, 64})
        if (problem.empty()) problem = wrong_reaping({.from = 1, .tick = "0s", .names = so_many(children)}, true);
    judge(standing::reaped, {.problem = problem,
                             .saw = "children ended one by one, and 2, 8 and 64 of them at the same moment; the "
                                    "parent waited for each",
                             .read = readme(2)});
}

namespace {

// One actor's process ends early by `end_it`; the others go on, and the program is to exit with 1. `early` says how that
// process ended.
std::string exit_code_after(const std::string& early, const std::function<bool(Countdown&, const Held&)>& end_it) {
    const CountdownPlan plan;
    for (std::size_t victim = 0; victim < plan.names.size(); ++victim) {
        Countdown countdown(plan);
        countdown.settle();
        const std::vector<Held> actors = countdown.actors();
        if (actors.size() < plan.names.size()) return countdown.situation();
        const pid_t survivor = actors[1 - victim].thread;
        if (!end_it(countdown, actors[victim])) {
            if (status_line(actors[victim].thread, "TracerPid") != "0") return "a child process is gone, or is traced";
            throw std::runtime_error("cannot end a child from outside");
        }
        countdown.program.settle();
        Countdown::Step last;
        for (int step = 0; step < plan.from; ++step) last = countdown.step(survivor);
        const Rest rest = countdown.run();
        const std::string name = last.lines.empty() ? "" : actor_of(last.lines.back(), plan);
        if (name.empty() || last.lines.back() != end_line(name))
            return early + ", and the other did not count to its end; " + countdown.situation();
        if (rest != Rest::ended) return countdown.wrong_end(rest);
        if (countdown.program.ending() != Ending{false, 1})
            return early + ", " + name + " counted to the end, and the program " +
                   describe(*countdown.program.ending());
    }
    return "";
}

// A child is killed at the write that is held after so many others: whatever it shares with the others, they
// go on. A line of which it has printed a part may come before another's.
std::string wrong_end_after_kill_at_write(int writes_before) {
    const CountdownPlan plan{.from = 2, .names = three};
    Countdown countdown(plan, {.policy = {.hold_writes = true}});
    Program& program = countdown.program;
    countdown.run_by_writes(Countdown::Writer::oldest, writes_before);
    const std::vector<Held> writes = program.stage().held(Held::Kind::write);
    const auto victim =
        std::find_if(writes.begin(), writes.end(), [&](const Held& held) { return held.process != program.process(); });
    if (victim == writes.end()) return "";  // that children print is another criterion's business
    program.signal(victim->process, SIGKILL);
    const Rest rest = countdown.run_by_writes(Countdown::Writer::oldest);
    std::size_t finished = 0;
    for (const std::string& line : program.lines())
        for (const std::string& name : plan.names) finished += line.ends_with(end_line(name)) ? 1 : 0;
    const std::string killed = "a child was killed when it was about to print, and ";
    if (rest == Rest::standstill)
        return "the program hangs: " + killed + "the others wait for ever; " + countdown.situation();
    if (rest != Rest::ended) return killed + countdown.wrong_end(rest);
    if (finished + 1 < plan.names.size())
        return killed + "another one did not count to its end; " + countdown.situation();
    if (program.ending() == Ending{false, 1}) return "";
    return killed + "the program " + describe(*program.ending());
}

std::string exit_code_after_kill(int signal) {
    const std::string early = "one child was killed by signal " + std::to_string(signal);
    return exit_code_after(early, [signal](Countdown& countdown, const Held& victim) {
        countdown.program.signal(victim.process, signal);
        return true;
    });
}

}  // namespace

TEST_CASE("exits 1 when a child is killed") {
    std::string problem = exit_code_after_kill(SIGKILL);
    if (problem.empty()) problem = exit_code_after_kill(SIGTERM);
    for (const int writes_before : {0, 4})
        if (problem.empty()) problem = wrong_end_after_kill_at_write(writes_before);
    judge(
        problem,
        {.saw = "one child was killed, asleep or about to print; the others counted to the end, and the program exited "
                "with 1",
         .expected = "the program exits with 1, after all other actors have finished",
         .why = "a shell or a script learns only from the exit code that something went wrong",
         .read = readme(8)});
}

TEST_CASE("exits 1 when a child ends with a status other than 0") {
    const auto exits = [](Countdown&, const Held& victim) { return make_exit(victim.thread, 3); };
    judge(exit_code_after("one child exited with 3", exits),
          {.saw = "one child exited with 3, the other counted to the end, and the program exited with 1",
           .expected = "the program exits with 1, after all other actors have finished",
           .why = "a child reports by its status that it failed; a parent that does not look hides the failure",
           .read = readme(8)});
}
