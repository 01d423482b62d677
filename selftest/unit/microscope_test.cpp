// Threads moved one at a time, an instruction at a time, and what that shows.
#include "grader/debug/microscope.hpp"

#include <sys/syscall.h>

#include <algorithm>
#include <fstream>

#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

const Setting held{.policy = {.hold_start = true, .hold_sleeps = false}};

// Two threads that count, both born and neither moved; main waits for the first.
struct Counting {
    Program program;
    Microscope microscope;
    Address plain = 0, shared = 0;

    Counting(const std::string& way, const std::string& count)
        : program(small_program("counts"), {way, count}, held), microscope(program) {
        while (microscope.run(microscope.main()) == Stop::birth) {
        }
        REQUIRE(microscope.born().size() == 2);
        const std::string line = program.lines().at(0);
        plain = std::stoull(line.substr(0, line.find(' ')), nullptr, 16);
        shared = std::stoull(line.substr(line.find(' ')), nullptr, 16);
    }
    pid_t one() const { return microscope.born()[0]; }
    pid_t two() const { return microscope.born()[1]; }
};

}  // namespace

TEST_CASE("threads stand still from their birth on, and run when they are let") {
    Counting counting("plain", "1000");
    CHECK(counting.microscope.blocked(counting.microscope.main()));
    CHECK(counting.microscope.alive().size() == 2);
    CHECK(counting.microscope.run(counting.two()) == Stop::ended);
    CHECK(counting.microscope.alive() == std::vector<pid_t>{counting.one()});
    CHECK(counting.microscope.run(counting.one()) == Stop::ended);
    CHECK(counting.microscope.run(counting.microscope.main()) == Stop::ended);
    CHECK(counting.program.settle() == Rest::ended);
    CHECK(counting.program.ending() == Ending{false, 0});
    CHECK(counting.program.lines().at(1) == "-2000");
}

TEST_CASE("whoever is let go of before its end runs on to it") {
    Program program(small_program("counts"), {"mutex", "100000"}, held);
    {
        Microscope microscope(program);
        microscope.run(microscope.main());
        microscope.step(microscope.born().at(0), 3'000);
    }
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines().at(1) == "-200000");
}

TEST_CASE("each change of a watched word is seen, and by which kind of instruction") {
    for (const std::string way : {"plain", "atomic"}) {
        Counting counting(way, "200");
        const Address word = way == "plain" ? counting.plain : counting.shared;
        const Look look = counting.microscope.step(counting.one(), {.watched = {word}});
        REQUIRE(look.changes.size() == 200);
        CHECK(look.stop == Stop::ended);
        CHECK(std::all_of(look.changes.begin(), look.changes.end(), [&](const Change& change) {
            return change.difference() == -1 && change.atomic == (way == "atomic");
        }));
    }
}

TEST_CASE("a lost update is seen when another thread is moved in between") {
    const auto lost = [](const std::string& way) {
        Counting counting(way, "100000");
        const std::vector<Address> word = {way == "plain" ? counting.plain : counting.shared};
        counting.microscope.step_to_change(counting.one(), word);
        bool any = false;
        for (int step = 0; step < 100; ++step) {
            for (const Change& change : counting.microscope.step(counting.one(), 1, word).changes)
                any = any || change.difference() != -1;
            counting.microscope.step_to_change(counting.two(), word);
        }
        return any;
    };
    CHECK(lost("plain"));
    CHECK(lost("store"));
    CHECK_FALSE(lost("atomic"));
}

TEST_CASE("a thread that waits for a mutex is blocked until its owner is moved on") {
    Counting counting("mutex", "100");
    Microscope& microscope = counting.microscope;
    CHECK(microscope.step_to_change(counting.one(), {counting.plain}).stop == Stop::change);
    const Look waiting = microscope.step(counting.two(), {.watched = {counting.plain}});
    CHECK(waiting.stop == Stop::blocked);
    CHECK(waiting.changes.empty());
    CHECK(microscope.blocked(counting.two()));
    microscope.step(counting.one(), Until{});
    CHECK_FALSE(microscope.blocked(counting.two()));
    CHECK(microscope.step_to_change(counting.two(), {counting.plain}).stop == Stop::change);
}

TEST_CASE("what a thread wrote outside its own stack is found") {
    Counting counting("plain", "100000");
    Microscope& microscope = counting.microscope;
    microscope.step_to_change(counting.one(), {counting.plain});
    const Microscope::Memory before = microscope.memory(counting.one());
    microscope.step(counting.one(), 500);
    CHECK(Microscope::changed(before, microscope.memory(counting.one())) == std::vector<Address>{counting.plain});
}

TEST_CASE("instructions grow with the work") {
    const auto steps = [](const std::string& count) {
        Counting counting("atomic", count);
        counting.microscope.step(counting.one(), Until{});
        return counting.microscope.steps(counting.one());
    };
    const unsigned long few = steps("100"), more = steps("200"), most = steps("300");
    CHECK(more - few >= 100);
    CHECK(most - more >= 100);
}

TEST_CASE("a thread is stopped in front of a call that is asked for") {
    Program program(small_program("counts"), {"plain", "10"}, held);
    Microscope microscope(program);
    REQUIRE(microscope.run(microscope.main(), {SYS_write}) == Stop::call);
    CHECK(program.lines().empty());
    CHECK(microscope.run(microscope.main(), {SYS_write}) == Stop::birth);
    CHECK(program.lines().size() == 1);
}

TEST_CASE("who was blocked and is woken stands still until it is moved") {
    Counting counting("mutex", "1000");
    Microscope& microscope = counting.microscope;
    microscope.step_to_change(counting.one(), {counting.plain});
    CHECK(microscope.run(counting.two()) == Stop::blocked);
    CHECK(microscope.blocked(counting.two()));
    CHECK(microscope.run(counting.one()) == Stop::ended);
    CHECK_FALSE(microscope.blocked(counting.two()));
    CHECK(microscope.run(microscope.main()) == Stop::blocked);  // which waits for two by now
    CHECK(microscope.run(counting.two()) == Stop::ended);
    CHECK(microscope.run(microscope.main()) == Stop::ended);
    CHECK(counting.program.settle() == Rest::ended);
}

TEST_CASE("a thread's own stack is left out, also while the thread is blocked") {
    Counting counting("mutex", "1000");
    Microscope& microscope = counting.microscope;
    microscope.step_to_change(counting.one(), {counting.plain});
    REQUIRE(microscope.step(counting.two(), Until{}).stop == Stop::blocked);
    std::ifstream in("/proc/" + std::to_string(counting.two()) +
                     "/syscall");  // number, six arguments, stack, instruction
    std::vector<std::string> fields;
    for (std::string field; in >> field;) fields.push_back(field);
    REQUIRE(fields.size() == 9);
    const Address page = std::stoull(fields[7], nullptr, 16) / 4096 * 4096;
    CHECK(microscope.memory(counting.two()).count(page) == 0);
    CHECK(microscope.memory(counting.one()).count(page) == 1);
}

TEST_CASE("a thread that takes long to begin and long to end comes to its next change, and to its end") {
    // A hundred times as many steps as usual and more, before its first change and behind its last.
    Program program(small_program("long_ways"), {"1000000", "1000"}, held);
    Microscope microscope(program);
    while (microscope.run(microscope.main()) == Stop::birth) {
    }
    REQUIRE(microscope.born().size() == 2);
    const Address word = std::stoull(program.lines().at(0), nullptr, 16);
    const pid_t one = microscope.born()[0], two = microscope.born()[1];
    const Look first = microscope.step_to_change(one, {word});
    CHECK(first.stop == Stop::change);
    REQUIRE(first.changes.size() == 1);
    CHECK(first.changes[0].difference() == -1);
    const Look rest = microscope.step(one, {.watched = {word}});
    CHECK(rest.stop == Stop::ended);
    CHECK(rest.changes.size() == 999);
    CHECK(std::all_of(rest.changes.begin(), rest.changes.end(),
                      [](const Change& change) { return change.difference() == -1; }));
    CHECK(microscope.step(two, {.watched = {word}}).changes.size() == 1000);
    CHECK(microscope.run(microscope.main()) == Stop::ended);
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines().at(1) == "-2000");
}

TEST_CASE("a thread goes on to an instruction that is asked for, however long the way") {
    Program program(small_program("long_ways"), {"1000000", "1000"}, held);
    Microscope microscope(program);
    while (microscope.run(microscope.main()) == Stop::birth) {
    }
    bool own = false;
    const Look look = microscope.step(microscope.born().at(0), {.here = [&](Address instruction) {
                                          own = own || microscope.place(instruction).has_value();
                                          return own;
                                      }});
    CHECK(look.stop == Stop::steps);
    CHECK(own);
}

TEST_CASE("who gets nowhere is told to be busy, whether it yields or not") {
    for (const char* way : {"flag", "yield"}) {
        CAPTURE(way);
        Program program(small_program("spins"), {way}, {.policy = {.hold_start = true}});
        Microscope microscope(program);
        CHECK(microscope.run(microscope.main()) == Stop::busy);
        CHECK(microscope.run(microscope.main()) == Stop::busy);
        CHECK(microscope.step(microscope.main(), Until{}).stop == Stop::busy);
        CHECK_FALSE(microscope.has_ended(microscope.main()));
    }
}
