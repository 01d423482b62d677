// The stage: sleeps are held and let go, clocks show what was slept, ends and writes wait when
// asked to.
#include "grader/stage/stage.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <numeric>
#include <set>

#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

using namespace std::chrono_literals;
using Kind = Event::Kind;

std::vector<Event> events_of(const Program& program, Kind kind) {
    std::vector<Event> found;
    for (const Event& event : program.stage().trace.events)
        if (event.kind == kind) found.push_back(event);
    return found;
}

std::vector<Nanoseconds> asked(const Program& program) {
    std::vector<Nanoseconds> durations;
    for (const Held& sleeper : program.asleep()) durations.push_back(sleeper.asked);
    return durations;
}

// Wakes whoever asked for so long, and settles.
void wake(Program& program, Nanoseconds duration) {
    const std::vector<Held> sleepers = program.asleep();
    const auto found = std::find_if(sleepers.begin(), sleepers.end(),
                                    [duration](const Held& sleeper) { return sleeper.asked == duration; });
    REQUIRE(found != sleepers.end());
    program.wake(*found);
    program.settle();
}

const Ending well{false, 0};

}  // namespace

TEST_CASE("a sleep by any call is held, and is over when the grader says so") {
    for (const char* way : {"nanosleep",
                            "clock_nanosleep, monotonic",
                            "clock_nanosleep, realtime",
                            "usleep",
                            "sleep",
                            "sleep_for",
                            "sleep_until, steady",
                            "sleep_until, system",
                            "poll",
                            "ppoll",
                            "select",
                            "select, descriptors",
                            "pselect",
                            "epoll_wait",
                            "sigtimedwait",
                            "cv.wait_for",
                            "cv.wait_until, system",
                            "try_lock_for",
                            "sem_timedwait",
                            "try_acquire_for",
                            "future.wait_for",
                            "timerfd",
                            "timerfd, absolute",
                            "timer_create, sigwait",
                            "timer_create, sigwait, absolute",
                            "timer_create, a thread is notified",
                            "timer_create, signalfd",
                            "timer_create, sigsuspend",
                            "SO_RCVTIMEO, recv",
                            "SO_RCVTIMEO, accept",
                            "SO_RCVTIMEO, read twice",
                            "setitimer",
                            "alarm"
#ifdef __x86_64__
                            ,
                            "raw"
#endif
         }) {
        CAPTURE(way);
        Program program(small_program("sleeps"), {way});
        CHECK(program.settle() == Rest::standstill);
        CHECK(program.lines() == Lines{"asleep"});
        Nanoseconds slept{};
        while (program.asleep().size() == 1) {
            slept += program.asleep().front().asked;
            program.wake(program.asleep().front());
            program.settle();
        }
        CHECK(slept == 1500ms);
        CHECK(program.lines() == Lines{"asleep", "awake"});
        CHECK(program.ending() == well);
    }
}

TEST_CASE("sleepers wake in the grader's order, not by the length of their sleep") {
    Program program(small_program("threads"), {"2", "Ann", "Ben", "Cy"});
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(program.lines().empty());
    for (const Nanoseconds whose : {300ms, 300ms, 200ms, 100ms, 200ms, 100ms}) wake(program, whose);
    CHECK(program.lines() == Lines{"Cy 1", "Cy 2", "Ben 1", "Ann 1", "Ben 2", "Ann 2"});
    CHECK(program.ending() == well);
}

TEST_CASE("sleepers stand in the order in which they fell asleep") {
    Program program(small_program("threads"), {"9", "Ann", "Ben"});
    REQUIRE(program.settle() == Rest::standstill);
    for (int step = 0; step < 5; ++step) {
        const pid_t first = program.asleep().front().thread;
        program.wake(program.asleep().front());
        REQUIRE(program.settle() == Rest::standstill);
        CHECK(program.asleep().back().thread == first);
    }
}

TEST_CASE("whoever was let go once cannot be let go twice") {
    Program program(small_program("threads"), {"3", "Ann"});
    REQUIRE(program.settle() == Rest::standstill);
    const Held once = program.asleep().front();
    program.wake(once);
    program.wake(once);
    REQUIRE(program.settle() == Rest::standstill);
    program.wake(once);
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(program.lines() == Lines{"Ann 1"});
}

TEST_CASE("a sleeper that is killed is asleep no longer") {
    Program program(small_program("processes"), {"Ann", "Ben"});
    REQUIRE(program.settle() == Rest::standstill);
    REQUIRE(program.asleep().size() == 2);
    const Held gone = program.asleep().front();
    program.signal(gone.process, SIGKILL);
    CHECK(program.settle() == Rest::standstill);
    REQUIRE(program.asleep().size() == 1);
    CHECK(program.asleep().front().thread != gone.thread);
    program.wake(gone);  // too late, and harmless
    CHECK(run_in_turn(program) == Rest::ended);
    CHECK(program.ending() == well);
}

TEST_CASE("each thread's clocks move by exactly what it slept") {
    Program program(small_program("clocks"), {});
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(asked(program).size() == 2);
    for (int half = 0; half < 2; ++half) wake(program, 2500ms);
    for (int half = 0; half < 2; ++half) wake(program, 1500ms);
    CHECK(program.lines() == Lines{"steady 5000000000 system 5000000000 day 5000000000",
                                   "steady 3000000000 system 3000000000 day 3000000000", "main's seconds: 3"});
}

TEST_CASE("on the one clock time passes for everybody, as the grader lets it") {
    Program program(small_program("clocks"), {}, {.policy = {.one_clock = true}});
    for (int half = 0; half < 2; ++half) {
        REQUIRE(program.settle() == Rest::standstill);
        REQUIRE(program.asleep().size() == 2);
        program.stage().pass(5s);
        for (const Held& held : program.asleep()) program.wake(held);
    }
    CHECK(program.settle() == Rest::ended);
    const std::string ten = "steady 10000000000 system 10000000000 day 10000000000";
    CHECK(program.lines() == Lines{ten, ten, "main's seconds: 10"});
}

TEST_CASE("a clock that counts processor time is looked at when the grader says so, and shows what it says") {
    Program program(small_program("burns"), {}, {.policy = {.hold_processor_clocks = true}});
    for (const Nanoseconds time : {1500ms, 2250ms, 3000ms, 4000ms}) {
        REQUIRE(program.settle() == Rest::standstill);
        const std::vector<Held> looks = program.stage().held(Held::Kind::processor_clock);
        REQUIRE(looks.size() == 1);
        CHECK(looks.front().thread == program.process());
        CHECK(program.describe() == "the program's main thread reads its processor time");
        program.stage().show(looks.front(), time);
    }
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"thread 1500", "process 2250", "named 3000", "clock() 4000"});
}

TEST_CASE("a clock that counts processor time is the kernel's where nobody asks for it") {
    Program program(small_program("burns"), {});
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines().size() == 4);
    for (const std::string& line : program.lines()) CHECK(line.find("refused") == std::string::npos);
}

TEST_CASE("a timed wait ends before its time when what it waits for happens") {
    for (const char* way : {"notify", "pipe", "signal", "post"}) {
        CAPTURE(way);
        Program program(small_program("cut_short"), {way});
        REQUIRE(program.settle() == Rest::standstill);
        CHECK(program.asleep().size() == 2);
        wake(program, 10ms);
        CHECK(program.lines() == Lines{"in time"});
        CHECK(program.ending() == well);
        CHECK(events_of(program, Kind::cut_short).size() == 1);
        CHECK(events_of(program, Kind::wakes).size() == 1);
    }
}

TEST_CASE("a timer goes off once for each time that its sleeper is let go") {
    for (const char* way : {"timerfd", "setitimer"}) {
        CAPTURE(way);
        Program program(small_program("periodic"), {way});
        REQUIRE(program.settle() == Rest::standstill);
        CHECK(asked(program) == std::vector<Nanoseconds>{250ms});
        for (const char* tick : {"tick 1", "tick 2", "tick 3"}) {
            REQUIRE(program.asleep().size() == 1);
            program.wake(program.asleep().front());
            program.settle();
            REQUIRE(!program.lines().empty());
            CHECK(program.lines().back() == tick);
            if (!program.asleep().empty()) CHECK(asked(program) == std::vector<Nanoseconds>{1s});
        }
        CHECK(program.lines().size() == 3);
        CHECK(program.ending() == well);
        CHECK(events_of(program, Kind::sets_timer).size() == 1);
    }
}

TEST_CASE("sleeps that are not held pass by themselves") {
    Setting setting;
    setting.policy.hold_sleeps = false;
    Program program(small_program("processes"), {"Ann"}, setting);
    CHECK(run_in_turn(program) == Rest::ended);
    CHECK(program.lines() == Lines{"Ann", "a child ended with 1"});
}

TEST_CASE("ends are held at the very last step when asked to") {
    Setting setting;
    setting.policy.hold_ends = true;
    Program program(small_program("threads"), {"1", "Ann", "Ben"}, setting);
    REQUIRE(program.settle() == Rest::standstill);
    for (const Nanoseconds whose : {100ms, 200ms}) wake(program, whose);
    std::vector<Held> ends = program.stage().held(Held::Kind::thread_end);
    REQUIRE(ends.size() == 2);
    CHECK(program.stage().held(Held::Kind::process_end).empty());  // main has not got through join
    for (const Held& end : ends) program.stage().let_go(end);
    REQUIRE(program.settle() == Rest::standstill);
    ends = program.stage().held(Held::Kind::process_end);
    REQUIRE(ends.size() == 1);
    CHECK(ends.front().process == program.process());
    CHECK(program.describe() == "the program's main thread is about to end");
    program.stage().let_go(ends.front());
    CHECK(program.settle() == Rest::ended);
    CHECK(program.ending() == well);
}

TEST_CASE("writes to stdout are held before they happen when asked to") {
    Setting setting;
    setting.policy.hold_writes = true;
    Program program(small_program("sleeps"), {"usleep"}, setting);
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(program.output().empty());
    const std::vector<Held> writes = program.stage().held(Held::Kind::write);
    REQUIRE(writes.size() == 1);
    CHECK(writes.front().text == "asleep\n");
    program.stage().let_go(writes.front());
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(program.lines() == Lines{"asleep"});
    CHECK(program.asleep().size() == 1);
}

TEST_CASE("writes to stderr are neither held nor noted") {
    Setting setting;
    setting.policy.hold_writes = true;
    Program program(small_program("prints"), {"errors"}, setting);
    CHECK(program.settle() == Rest::ended);
    CHECK(program.errors() == "to stderr\n");
    CHECK(events_of(program, Kind::writes).empty());
}

TEST_CASE("the trace tells what happened, in order, by whom, at what age") {
    Program program(small_program("threads"), {"2", "Ann"});
    CHECK(run_in_turn(program) == Rest::ended);
    CHECK(events_of(program, Kind::program_starts).size() == 1);
    CHECK(events_of(program, Kind::thread_created).size() == 1);
    CHECK(events_of(program, Kind::process_created).empty());

    const std::vector<Event> sleeps = events_of(program, Kind::sleeps);
    REQUIRE(sleeps.size() == 2);
    const pid_t thread = sleeps.front().thread;
    CHECK(thread != program.process());
    std::vector<Kind> kinds;
    std::vector<Nanoseconds> ages;
    for (const Event& event : program.stage().trace.events) {
        if (event.thread != thread) continue;
        CHECK(event.process == program.process());
        kinds.push_back(event.kind);
        ages.push_back(event.at);
    }
    CHECK(kinds == std::vector<Kind>{Kind::sleeps, Kind::wakes, Kind::writes, Kind::sleeps, Kind::wakes, Kind::writes,
                                     Kind::thread_ends});
    CHECK(ages == std::vector<Nanoseconds>{0ms, 100ms, 100ms, 100ms, 200ms, 200ms, 200ms});
    CHECK(events_of(program, Kind::writes).back().text == "Ann 2\n");

    const std::vector<Event> ends = events_of(program, Kind::process_ends);
    REQUIRE(ends.size() == 1);
    CHECK(ends.front().thread == program.process());
    CHECK(ends.front().status == 0);
}

TEST_CASE("the trace tells children from threads, and who waited for them") {
    Program program(small_program("processes"), {"Ann", "Ben"});
    CHECK(run_in_turn(program) == Rest::ended);
    CHECK(events_of(program, Kind::process_created).size() == 2);
    CHECK(events_of(program, Kind::thread_created).empty());
    CHECK(events_of(program, Kind::waits_for_child).size() == 3);
    std::set<int> statuses;
    for (const Event& end : events_of(program, Kind::process_ends)) statuses.insert(end.status);
    CHECK(statuses == std::set<int>{0, 1, 2});
}

TEST_CASE("a program that executes another stays on the stage") {
    Program program(small_program("ends"), {"exec"});
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"before", "after"});
    CHECK(events_of(program, Kind::program_starts).size() == 2);
    CHECK(program.ending() == well);
}

TEST_CASE("durations read as people say them") {
    CHECK(in_words(0ns) == "0 s");
    CHECK(in_words(1500ms) == "1.5 s");
    CHECK(in_words(250ms) == "250 ms");
    CHECK(in_words(20us) == "20 us");
}

TEST_CASE("a file that gets its name in one step is held before it has it") {
    for (const char* call : {"rename", "renameat", "renameat2", "link", "linkat"}) {
        CAPTURE(call);
        const Folder folder;
        const Shared shared{folder.path(), "/files", true};
        Program program(small_program("names"), {call, place_of(shared) + "/done"},
                        {.policy = {.hold_renames = true}, .shared = {shared}});
        REQUIRE(program.settle() == Rest::standstill);
        const std::vector<Held> held = program.stage().held(Held::Kind::rename);
        REQUIRE(held.size() == 1);
        CHECK(held.front().text == place_of(shared) + "/done");
        CHECK_FALSE(std::filesystem::exists(folder.path() / "done"));
        program.stage().let_go(held.front());
        CHECK(program.settle() == Rest::ended);
        CHECK(std::filesystem::exists(folder.path() / "done"));
        CHECK(program.ending() == well);
    }
}
