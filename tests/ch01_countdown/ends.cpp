// Chapter 1: how actors end, and how the program does then. Each test case is one criterion, run by itself;
// points are in labs/labs.json.
#include "bench/catch.hpp"
#include "ch01_countdown/crew.hpp"
#include "grader/stage/injector.hpp"

#include <algorithm>
#include <csignal>
#include <functional>

TEST_CASE("joins every thread") {
    const Crew crew{.from = 1, .names = three};
    std::size_t joined_threads = 0;
    std::string problem;
    for (std::size_t kept = 0; kept < three.size() && problem.empty(); ++kept) {  // each of them is the last once
        Countdown countdown(crew, {.policy = {.hold_ends = true}});
        const auto run = [&] { countdown.run(); };
        problem = wrong_joins(countdown.program, run, joined_threads, kept);
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "main waited for each of " + std::to_string(joined_threads) +
                                        " threads to make its very last step"
                                  : problem,
           .expected = "main waits until each thread is gone: join, or an object that joins in its destructor",
           .why = "a detached thread may still run while main destroys what it uses; only join says that it is over",
           .read = readme(4)});
}

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
std::string wrong_reaping(const Crew& crew, bool together) {
    Countdown countdown(crew, {.policy = {.hold_ends = true}});
    Program& program = countdown.program;
    run_and_end_threads(countdown);
    if (ends_of_children(program).empty()) return "no child came to its end: " + countdown.situation();
    for (std::vector<Held> ends; !(ends = ends_of_children(program)).empty();) {
        if (parent_leaves(program))
            return "the parent left while " + counted(ends.size(), "child", "children") + " had a last step to make";
        if (together) end_together(program, ends);
        else program.wake(ends.back());
        run_and_end_threads(countdown);
    }
    const std::string when = together ? std::to_string(crew.names.size()) + " children ended at the same moment, and "
                                      : "all children are done, and ";
    std::string problem;
    if (!parent_leaves(program)) problem = when + "the parent does not end: " + program.describe();
    else if (!program.zombies().empty())
        problem = when + "the parent leaves " + counted(program.zombies().size(), "zombie", "zombies") + " behind";
    else if (program.tasks().size() > 1) problem = "the parent leaves somebody behind: " + program.describe();
    for (const Held& held : program.stage().held(Held::Kind::process_end)) program.wake(held);
    const Rest rest = program.settle();
    return problem.empty() ? wrong_end(program, rest) : problem;
}

}  // namespace

TEST_CASE("reaps every child process") {
    std::string problem = wrong_reaping({.from = 1, .names = three}, false);
    for (const std::size_t children : {2, 8, 64})
        if (problem.empty()) problem = wrong_reaping({.from = 1, .tick = "0s", .names = so_many(children)}, true);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "children ended one by one, and 2, 8 and 64 of them at the same moment: each was "
                                    "waited for"
                                  : problem,
           .expected = "the parent calls wait, or waitpid, once for each child before it ends",
           .why = "a child that ended and was not waited for stays in the process table as a zombie",
           .read = readme(2)});
}

namespace {

// One actor's process ends early by `end_it`; the others go on, and the program is to exit with 1.
std::string exit_code_after(const std::function<bool(Countdown&, const Held&)>& end_it) {
    const Crew crew;
    for (std::size_t victim = 0; victim < crew.names.size(); ++victim) {
        Countdown countdown(crew);
        countdown.settle();
        const std::vector<Held> actors = countdown.actors();
        if (actors.size() < crew.names.size()) return countdown.situation();
        const pid_t survivor = actors[1 - victim].thread;
        if (!end_it(countdown, actors[victim])) {
            if (status_line(actors[victim].thread, "TracerPid") != "0") return "a child is traced, or gone";
            throw std::runtime_error("cannot end a child from outside");
        }
        countdown.program.settle();
        Countdown::Step last;
        for (int step = 0; step < crew.from; ++step) last = countdown.step(survivor);
        const Rest rest = countdown.run();
        const std::string name = last.lines.empty() ? "" : actor_of(last.lines.back(), crew);
        if (name.empty() || last.lines.back() != end_line(name))
            return "one child ended early, and the other did not count on to its end; " + countdown.situation();
        if (rest != Rest::ended) return wrong_end(countdown.program, rest);
        if (countdown.program.ending() != Ending{false, 1})
            return "one child ended early, " + name + " counted on to the end, and the program " +
                   describe(*countdown.program.ending());
    }
    return "";
}

}  // namespace

namespace {

// A child is killed at the write that is held behind so many others: whatever it holds in common with the
// others, they get on. A line of which it has printed a part may stand before another's.
std::string wrong_end_after_kill_at_write(int writes_before) {
    const Crew crew{.from = 2, .names = three};
    Countdown countdown(crew, {.policy = {.hold_writes = true}});
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
        for (const std::string& name : crew.names) finished += line.ends_with(end_line(name)) ? 1 : 0;
    const std::string killed = "a child was killed when it was about to print, and ";
    if (rest != Rest::ended) return killed + wrong_end(program, rest);
    if (finished + 1 < crew.names.size())
        return killed + "another one does not count on to its end; " + countdown.situation();
    if (program.ending() == Ending{false, 1}) return "";
    return killed + "the program " + describe(*program.ending());
}

}  // namespace

TEST_CASE("exits 1 when a child is killed") {
    std::string problem;
    for (const int signal : {SIGKILL, SIGTERM}) {
        problem = exit_code_after([signal](Countdown& countdown, const Held& victim) {
            countdown.program.signal(victim.process, signal);
            return true;
        });
        if (problem.empty()) continue;
        problem = "(signal " + std::to_string(signal) + ") " + problem;
        break;
    }
    for (const int writes_before : {0, 4})
        if (problem.empty()) problem = wrong_end_after_kill_at_write(writes_before);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "one child was killed, asleep or about to print, the others counted on, the "
                                    "program exited with 1"
                                  : problem,
           .expected = "exit code 1, after all other actors have finished",
           .why = "whoever runs the program knows that something went wrong by its exit code alone",
           .read = readme(8)});
}

TEST_CASE("exits 1 when a child ends with a status other than 0") {
    const std::string problem =
        exit_code_after([](Countdown&, const Held& victim) { return make_exit(victim.thread, 3); });
    judge(
        {.holds = problem.empty(),
         .saw = problem.empty() ? "one child exited with 3, the other counted on, the program exited with 1" : problem,
         .expected = "exit code 1, after all other actors have finished",
         .why = "a child that fails says so by its status; a parent that does not look hides the failure",
         .read = readme(8)});
}
