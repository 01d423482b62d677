// Chapter 1: how actors end, and how the program does then. Each test case is one criterion, run by itself;
// points are in labs/labs.json.
#include "ch01_crew.hpp"
#include "grader/catch.hpp"
#include "grader/injector.hpp"

#include <algorithm>
#include <csignal>
#include <functional>

TEST_CASE("joins every thread") {
    const Crew crew{.from = 1, .names = three};
    std::size_t joined_threads = 0;
    std::string problem;
    for (std::size_t kept = 0; kept < three.size() && problem.empty(); ++kept) {  // each of them is the last once
        Countdown countdown(crew, {.policy = {.hold_ends = true}});
        problem = wrong_joins(countdown.program, [&] { countdown.run(); }, joined_threads, kept);
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "main waited for each of " + std::to_string(joined_threads) +
                                        " threads to make its very last step"
                                  : problem,
           .expected = "main waits until each thread is gone: join, or an object that joins in its destructor",
           .why = "a detached thread may still run while main destroys what it uses; only join says that it is over",
           .read = readme(4)});
}

TEST_CASE("reaps every child process") {
    const Crew crew{.from = 1, .names = three};
    Countdown countdown(crew, {.policy = {.hold_ends = true}});
    Program& program = countdown.program;
    const auto run = [&] {  // threads may end as they like: whoever reaps may be one, and a child may have some
        for (bool any = true; any;) {
            countdown.run();
            const std::vector<Held> threads = program.stage().held(Held::Kind::thread_end);
            for (const Held& thread : threads) program.wake(thread);
            any = !threads.empty();
        }
    };
    run();
    const auto ends_of_children = [&] {
        std::vector<Held> ends = program.stage().held(Held::Kind::process_end);
        std::erase_if(ends, [&](const Held& held) { return held.process == program.process(); });
        return ends;
    };
    const auto parent_leaves = [&] {
        return ends_of_children().size() != program.stage().held(Held::Kind::process_end).size();
    };
    std::string problem;
    if (ends_of_children().empty()) problem = "no child came to its end: " + countdown.situation();
    std::size_t children = 0;
    for (std::vector<Held> ends; problem.empty() && !(ends = ends_of_children()).empty();) {
        if (parent_leaves()) {
            problem = "the parent left while " + counted(ends.size(), "child", "children") + " had a last step to make";
            break;
        }
        program.wake(ends.back());
        ++children;
        run();
    }
    if (problem.empty()) {
        if (!parent_leaves()) problem = "all children are done, and the parent does not end: " + program.describe();
        else if (!program.zombies().empty())
            problem = "the parent leaves " + counted(program.zombies().size(), "zombie", "zombies") + " behind";
        else if (program.tasks().size() > 1) problem = "the parent leaves somebody behind: " + program.describe();
        for (const Held& held : program.stage().held(Held::Kind::process_end)) program.wake(held);
        const Rest rest = program.settle();
        if (problem.empty()) problem = wrong_end(countdown.program, rest);
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "the parent waited for each of " + std::to_string(children) + " children" : problem,
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
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "one child was killed, the other counted on, the program exited with 1" : problem,
           .expected = "exit code 1, after all other actors have finished",
           .why = "whoever runs the program knows that something went wrong by its exit code alone",
           .read = readme(8)});
}

TEST_CASE("exits 1 when a child ends with a status other than 0") {
    const std::string problem = exit_code_after(
        [](Countdown&, const Held& victim) { return make_exit(victim.thread, 3); });
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "one child exited with 3, the other counted on, the program exited with 1" : problem,
           .expected = "exit code 1, after all other actors have finished",
           .why = "a child that fails says so by its status; a parent that does not look hides the failure",
           .read = readme(8)});
}
