// Chapter 1, countdown_processes: children that end at any moment of their parent. One criterion, run by itself; points
// are in chapter.json.
#include "bench/moments.hpp"
#include "bench/catch.hpp"
#include "ch01_countdown/countdown.hpp"

namespace {

const CountdownPlan plan{.from = 1};

// Lets all children go on, as far as they get while the parent stands still.
void live_on(Countdown& countdown) {
    Program& program = countdown.program;
    for (bool any = true; any;) {
        any = false;
        program.settle();
        for (const Held& sleeper : program.asleep()) {
            if (sleeper.process == program.process()) continue;
            program.wake(sleeper);
            any = true;
        }
    }
}

std::string wrong_on(Countdown& countdown, CallByCall& parent) {
    live_on(countdown);
    parent.let_go();
    const Rest rest = countdown.run();
    return countdown.wrong_lines_or_end(countdown.wrong_count_lines(), rest);
}

// All children that exist by then end while the parent still makes others, or is on its way to its first sleep.
std::string ends_at_once(MomentOf& moment) {
    Countdown countdown(plan, held_at_start);
    CallByCall parent(countdown.program);
    parent.settle([&] { return !children_of(countdown.program.process()).empty(); });
    return moment.reach(parent) ? wrong_on(countdown, parent) : "";
}

// One child has ended and has woken the parent; before that sleeps again the other one ends.
std::string ends_after(std::size_t first, MomentOf& moment) {
    Countdown countdown(plan, held_at_start);
    CallByCall parent(countdown.program);
    parent.settle();
    const std::vector<Held> actors = countdown.actors();
    if (actors.size() < 2) return "";  // that is another criterion's business
    countdown.program.wake(actors[first]);
    return moment.reach(parent) ? wrong_on(countdown, parent) : "";
}

}  // namespace

TEST_CASE("hears a child's end at any moment") {
    Countdown countdown(plan);
    countdown.settle();
    const auto after = [](std::size_t first) {
        return [first](MomentOf& moment) { return ends_after(first, moment); };
    };
    judge_moments(at_each_moment(hears_signals(countdown.program),
                                 {{"a child ended before the parent went to sleep", false, ends_at_once},
                                  {"Alice had ended, and Bob ended before the parent slept again", true, after(0)},
                                  {"Bob had ended, and Alice ended before the parent slept again", true, after(1)}}),
                  readme(2));
}
