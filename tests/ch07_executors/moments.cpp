// Chapter 7, send_processes: a worker that ends at any moment of main. One criterion, run by itself; points are in
// chapter.json.
#include "bench/moments.hpp"

#include <csignal>

#include "bench/catch.hpp"
#include "ch07_executors/sender.hpp"

namespace {

// The only worker has sent its result, which wakes main; it is killed before main sleeps again, with its next task or
// without.
std::string killed(MomentOf& moment) {
    Sender program({.tasks = 2, .workers = "1"}, held_at_start);
    CallByCall main(program.program);
    main.settle();
    const std::map<int, pid_t> workers = program.workers();
    if (workers.size() != 1 || workers.begin()->second == program.program.process()) return "";
    program.acknowledge(program.held().front());
    if (!moment.reach(main)) return "";
    program.program.signal(workers.begin()->second, SIGKILL);
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
    judge_moments(at_each_moment(hears_signals(program.program),
                                 {{"a worker was killed before main slept again", false, killed},
                                  {"the workers ended before main waited for them", true, dismissed}}),
                  readme(7));
}
