// Chapter 7, send_processes: a worker that ends at any moment of main. One criterion, run by itself; points are in
// chapter.json.
#include "bench/moments.hpp"

#include <csignal>

#include "bench/catch.hpp"
#include "ch07_executors/sender.hpp"

namespace {

// A worker has sent its result, which wakes main. Another one is killed before main sleeps again: of two the one that has
// the last task, or the same one, which may have its next task or not.
std::string killed(MomentOf& moment, const std::string& workers) {
    Sender program({.tasks = 2, .workers = workers}, held_at_start);
    CallByCall main(program.program);
    main.settle();
    const std::map<int, pid_t> owners = program.workers();
    if (owners.empty() || owners.rbegin()->second == program.program.process()) return "";
    for (const HttpRequest& message : program.held())
        if (Sender::task_of(message) == owners.begin()->first) program.acknowledge(message);
    if (!moment.reach(main)) return "";
    program.program.signal(owners.rbegin()->second, SIGKILL);
    program.program.settle();
    main.let_go();
    return program.wrong_run(program.acknowledge_all());
}

// All is done: main lets its workers end, and they do while it is on its way to where it waits for them.
std::string dismissed(MomentOf& moment) {
    Sender program({.tasks = 2, .workers = "2"}, held_at_start);
    CallByCall main(program.program);
    main.settle();
    for (const HttpRequest& message : program.held()) program.acknowledge(message);
    if (!moment.reach(main)) return "";
    program.program.settle();
    main.let_go();
    return program.wrong_run(program.settle());
}

}  // namespace

TEST_CASE("hears a child's end at any moment") {
    Sender program({.tasks = 2, .workers = "2"});
    program.settle();
    const auto of = [](const std::string& workers) {
        return [workers](MomentOf& moment) { return killed(moment, workers); };
    };
    judge_moments(at_each_moment(hears_signals(program.program),
                                 {{"the only worker was killed before main slept again", false, of("1")},
                                  {"the last busy worker was killed before main slept again", true, of("2")},
                                  {"the workers ended before main waited for them", true, dismissed}}),
                  readme(7));
}
