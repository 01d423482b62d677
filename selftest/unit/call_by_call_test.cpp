// A main thread that is let go from one moment of a call to the next, and what others do meanwhile.
#include "grader/debug/call_by_call.hpp"

#include <algorithm>

#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

const Setting held{.policy = {.hold_start = true}};

// Its child ends at this moment after its birth, counted from 0. What is printed then; nothing where there is none.
std::optional<Lines> printed(const std::string& way, std::size_t number, Moment* at = nullptr) {
    Program program(small_program("child_ends"), {way}, held);
    CallByCall main(program);
    main.settle([&] { return !children_of(program.process()).empty(); });
    for (std::size_t i = 0; i < number; ++i)
        if (!main.next()) return std::nullopt;
    if (at) *at = main.moment();
    program.settle();
    for (const Held& sleeper : program.asleep()) program.wake(sleeper);
    program.settle();
    CHECK(program.lines().empty());
    main.let_go();
    program.settle();
    return program.lines();
}

std::size_t deaf_moments(const std::string& way) {
    std::size_t deaf = 0;
    std::optional<Lines> lines;
    for (std::size_t number = 0; (lines = printed(way, number)); ++number) deaf += lines->empty() ? 1 : 0;
    return deaf;
}

}  // namespace

TEST_CASE("a signal in front of pause is slept through, and one in front of sigsuspend is not") {
    CHECK(deaf_moments("pauses") > 0);
    CHECK(deaf_moments("suspends") == 0);
}

TEST_CASE("in front of a call is not at its entry") {
    Moment at = Moment::behind;
    for (std::size_t number = 0; const auto lines = printed("pauses", number, &at); ++number) {
        if (at == Moment::in_front) CHECK(lines->empty());
        if (at == Moment::inside) CHECK(lines == Lines{"heard"});
    }
}

TEST_CASE("a main thread that is passed at full speed does what it always does") {
    Program program(small_program("child_ends"), {"pauses"}, held);
    CallByCall main(program);
    CHECK(main.settle() == Rest::standstill);
    REQUIRE(program.asleep().size() == 1);
    program.wake(program.asleep().front());
    CHECK(main.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"heard"});
    CHECK(program.ending() == Ending{false, 0});
}
