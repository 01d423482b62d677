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

// Threads may end as they like: whoever reaps may be one, and a child may have some.
void run_and_end_threads(Countdown& countdown) {
    for (bool any = true; any;) {
        countdown.run();
        const std::vector<Held> threads = countdown.program.stage().held(Held::Kind::thread_end);
        for (const Held& thread : threads) countdown.program.wake(thread);
        any = !threads.empty();
    }
}

// Lets children end one by one, or all who can at the same moment. Why not each of them was waited for, or "".
std::string wrong_reaping(const CountdownPlan& plan, bool together) {
    Countdown countdown(plan, {.policy = {.hold_ends = true}});
    Program& program = countdown.program;
    run_and_end_threads(countdown);
    if (ends_of_children(program).empty()) return "no child came to its end: " + countdown.situation();
    const std::string when = together ? std::to_string(plan.names.size()) + " children ended at the same moment, and "
                                      : "all children are done, and ";
    for (std::vector<Held> ends; !(ends = ends_of_children(program)).empty();) {
        if (parent_leaves(program)) return left_behind(program, when);
        if (together) end_together(program, ends);
        else program.wake(ends.back());
        run_and_end_threads(countdown);
    }
    const std::string problem =
        parent_leaves(program) ? left_behind(program, when) : when + "the parent does not end: " + program.describe();
    for (const Held& held : program.stage().held(Held::Kind::process_end)) program.wake(held);
    const Rest rest = program.settle();
    return problem.empty() ? countdown.wrong_end(rest) : problem;
}

}  // namespace

TEST_CASE("reaps every child process") {
    std::string problem = wrong_reaping({.from = 1, .names = three}, false);
    for (const std::size_t children : {2, 8, 64})
        if (problem.empty()) problem = wrong_reaping({.from = 1, .tick = "0s", .names = so_many(children)}, true);
    judge(standing::reaped, {.problem = problem,
                             .saw = "children ended one by one, and 2, 8 and 64 of them at the same moment: each was "
                                    "waited for",
                             .read = readme(2)});
}

namespace {

// One actor's process ends early by `end_it`; the others go on, and the program is to exit with 1.
std::string exit_code_after(const std::function<bool(Countdown&, const Held&)>& end_it) {
    const CountdownPlan plan;
    for (std::size_t victim = 0; victim < plan.names.size(); ++victim) {
        Countdown countdown(plan);
        countdown.settle();
        const std::vector<Held> actors = countdown.actors();
        if (actors.size() < plan.names.size()) return countdown.situation();
        const pid_t survivor = actors[1 - victim].thread;
        if (!end_it(countdown, actors[victim])) {
            if (status_line(actors[victim].thread, "TracerPid") != "0") return "a child is traced, or gone";
            throw std::runtime_error("cannot end a child from outside");
        }
        countdown.program.settle();
        Countdown::Step last;
        for (int step = 0; step < plan.from; ++step) last = countdown.step(survivor);
        const Rest rest = countdown.run();
        const std::string name = last.lines.empty() ? "" : actor_of(last.lines.back(), plan);
        if (name.empty() || last.lines.back() != end_line(name))
            return "one child ended early, and the other did not count on to its end; " + countdown.situation();
        if (rest != Rest::ended) return countdown.wrong_end(rest);
        if (countdown.program.ending() != Ending{false, 1})
            return "one child ended early, " + name + " counted on to the end, and the program " +
                   describe(*countdown.program.ending());
    }
    return "";
}

// A child is killed at the write that is held behind so many others: whatever it holds in common with the
// others, they get on. A line of which it has printed a part may stand before another's.
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
    if (rest != Rest::ended) return killed + countdown.wrong_end(rest);
    if (finished + 1 < plan.names.size())
        return killed + "another one does not count on to its end; " + countdown.situation();
    if (program.ending() == Ending{false, 1}) return "";
    return killed + "the program " + describe(*program.ending());
}

std::string exit_code_after_kill(int signal) {
    const std::string problem = exit_code_after([signal](Countdown& countdown, const Held& victim) {
        countdown.program.signal(victim.process, signal);
        return true;
    });
    return problem.empty() ? "" : "(signal " + std::to_string(signal) + ") " + problem;
}

}  // namespace

TEST_CASE("exits 1 when a child is killed") {
    std::string problem = exit_code_after_kill(SIGKILL);
    if (problem.empty()) problem = exit_code_after_kill(SIGTERM);
    for (const int writes_before : {0, 4})
        if (problem.empty()) problem = wrong_end_after_kill_at_write(writes_before);
    judge(problem,
          {.saw = "one child was killed, asleep or about to print, the others counted on, the program exited with 1",
           .expected = "exit code 1, after all other actors have finished",
           .why = "whoever runs the program knows that something went wrong by its exit code alone",
           .read = readme(8)});
}

TEST_CASE("exits 1 when a child ends with a status other than 0") {
    const auto exits = [](Countdown&, const Held& victim) { return make_exit(victim.thread, 3); };
    judge(exit_code_after(exits),
          {.saw = "one child exited with 3, the other counted on, the program exited with 1",
           .expected = "exit code 1, after all other actors have finished",
           .why = "a child that fails says so by its status; a parent that does not look hides the failure",
           .read = readme(8)});
}
