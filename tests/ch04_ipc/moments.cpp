// Chapter 4: workers that end at any moment of their parent. One criterion, run by itself, for the program that ./kit
// grade names; points are in chapter.json.
#include "bench/moments.hpp"
#include "bench/catch.hpp"
#include "ch04_ipc/fetcher.hpp"

namespace {

constexpr std::size_t size = 100;  // a pipe takes it whole

// All workers get their answers, and end, while the parent stands still.
std::string wrong_when_all_end(Fetcher& fetcher, CallByCall& parent, std::size_t workers) {
    fetcher.serve_all(size);
    parent.let_go();
    return fetcher.wrong_finish(fetcher.settle(), lines_of(workers, size));
}

std::string ends_at_once(MomentOf& moment) {
    Fetcher fetcher({.workers = 2}, held_at_start);
    CallByCall parent(fetcher.program);
    parent.settle([&] { return !children_of(fetcher.program.process()).empty(); });
    return moment.reach(parent) ? wrong_when_all_end(fetcher, parent, 2) : "";
}

std::string ends_after_another(MomentOf& moment) {
    Fetcher fetcher({.workers = 2}, held_at_start);
    CallByCall parent(fetcher.program);
    parent.settle();
    fetcher.serve(1, size);
    return moment.reach(parent) ? wrong_when_all_end(fetcher, parent, 2) : "";
}

// The worker has closed its pipe, which wakes the parent, and ends a moment later.
std::string ends_after_its_pipe(MomentOf& moment) {
    Setting setting = held_at_start;
    setting.policy.hold_ends = setting.policy.hold_pipes = true;
    Fetcher fetcher({.workers = 1}, setting);
    CallByCall parent(fetcher.program);
    parent.settle();
    if (!fetcher.close_and_stay(1).empty() || !moment.reach(parent)) return "";
    fetcher.settle();  // the close has put its end off: now it is there again
    fetcher.program.stage().policy.hold_ends = false;
    if (const auto end = fetcher.held_of(1, Held::Kind::process_end)) fetcher.program.wake(*end);
    return wrong_when_all_end(fetcher, parent, 1);
}

}  // namespace

TEST_CASE("hears a child's end at any moment") {
    Fetcher fetcher({.workers = 2});
    fetcher.settle();
    judge_moments(
        at_each_moment(
            hears_signals(fetcher.program),
            {{"workers ended before the parent had gone to sleep", false, ends_at_once},
             {"a worker closed its pipe and ended before the parent slept again", true, ends_after_its_pipe},
             {"one worker was done, and the other one ended before the parent slept again", true, ends_after_another}}),
        readme(6));
}
