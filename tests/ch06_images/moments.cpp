// Chapter 6, thumbnails_processes: a worker that ends at any moment of main. One criterion, run by itself; points are in
// chapter.json.
#include "bench/moments.hpp"

#include <csignal>

#include "bench/catch.hpp"
#include "ch06_images/thumbnailer.hpp"

namespace {

Setting held_at_start_and_renames() {
    Setting setting = held_at_start;
    setting.policy.hold_renames = true;
    return setting;
}

// The only worker has a picture, and the next one comes, which wakes main; it is killed before main sleeps again.
std::string killed(MomentOf& moment) {
    Thumbnailer program({.pictures = 3, .workers = 1}, held_at_start_and_renames());
    CallByCall main(program.program);
    main.settle();
    for (const std::size_t picture : {1, 2}) {
        const std::vector<HttpRequest> held = program.held();
        if (held.empty()) return "";  // another criterion asks whether main downloads meanwhile
        program.send(held.front());
        if (picture == 1) main.settle();
    }
    const std::vector<Held> finished = program.finished();
    if (finished.empty() || finished.front().process == program.program.process() || !moment.reach(main)) return "";
    program.program.signal(finished.front().process, SIGKILL);
    program.program.settle();
    main.let_go();
    program.serve_all();
    return program.wrong_album_but(program.let_all_finish(), {1, 2, 3});
}

// The last picture comes, which wakes main, and is handed to one of two workers. That is killed before main sleeps again.
std::string last_one_killed(MomentOf& moment) {
    Thumbnailer program({.pictures = 1, .workers = 2}, held_at_start_and_renames());
    CallByCall main(program.program);
    main.settle();
    for (const HttpRequest& request : program.held()) program.send(request);
    if (!moment.reach(main)) return "";
    program.program.settle();
    for (const Held& one : program.finished())
        if (one.process != program.program.process()) program.program.signal(one.process, SIGKILL);
    program.program.settle();
    main.let_go();
    return program.wrong_album_but(program.let_all_finish(), {1});
}

// All is done: main lets its workers end, and they do while it is on its way to where it waits for them.
std::string dismissed(MomentOf& moment) {
    Thumbnailer program({.pictures = 1, .workers = 2}, held_at_start_and_renames());
    CallByCall main(program.program);
    main.settle();
    for (const HttpRequest& request : program.held()) program.send(request);
    main.settle();
    for (const Held& one : program.finished()) program.program.wake(one);
    if (!moment.reach(main)) return "";
    program.program.settle();
    main.let_go();
    return program.wrong_album(program.let_all_finish());
}

}  // namespace

TEST_CASE("hears a child's end at any moment") {
    Thumbnailer program({.pictures = 2, .workers = 2});
    program.settle();
    judge_moments(at_each_moment(hears_signals(program.program),
                                 {{"the only worker was killed before main slept again", true, killed},
                                  {"the last busy worker was killed before main slept again", true, last_one_killed},
                                  {"the workers ended before main waited for them", true, dismissed}}),
                  readme(5));
}
