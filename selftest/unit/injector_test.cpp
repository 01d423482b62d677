// A process is made to end as if it had said so itself.
#include "grader/stage/injector.hpp"

#include <unistd.h>

#include "bench/catch.hpp"
#include "engine.hpp"

TEST_CASE("a sleeping process is made to exit with a status, and its parent is told") {
    Program program(small_program("processes"), {"Ann", "Ben"});
    REQUIRE(program.settle() == Rest::standstill);
    REQUIRE(program.asleep().size() == 2);
    REQUIRE(make_exit(program.asleep().front().thread, 42));
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(program.lines() == Lines{"a child ended with 42"});
    CHECK(program.asleep().size() == 1);
    CHECK(run_in_turn(program) == Rest::ended);
    CHECK(program.lines().size() == 3);
    CHECK(program.ending() == Ending{false, 0});
}

TEST_CASE("a thread that is made to exit takes its process with it") {
    Program program(small_program("threads"), {"1", "Ann", "Ben"});
    REQUIRE(program.settle() == Rest::standstill);
    REQUIRE(make_exit(program.asleep().back().thread, 9));
    CHECK(program.settle() == Rest::ended);
    CHECK(program.ending() == Ending{false, 9});
}

TEST_CASE("a process that is gone, or not ours, is not made to exit") {
    CHECK_FALSE(make_exit(1 << 22, 0));
    CHECK_FALSE(make_exit(getpid(), 0));
}
