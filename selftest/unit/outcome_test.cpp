// How a task ended, from process to process.
#include "support/outcome.hpp"

#include <stdexcept>

#include "bench/catch.hpp"

TEST_CASE("an outcome is read back as it was written") {
    for (const Outcome& outcome : {Outcome{true, "", 0}, Outcome{true, "", 12}, Outcome{false, "no 1 luck", 3},
                                   Outcome{false, "", 0}, Outcome{false, " ", 100}}) {
        const std::string message = message_of(outcome);
        CAPTURE(message);
        const auto read = outcome_in(message);
        REQUIRE(read.has_value());
        CHECK(read->ok == outcome.ok);
        CHECK(read->why == outcome.why);
        CHECK(read->retries == outcome.retries);
    }
}

TEST_CASE("what is no outcome is none") {
    for (const char* message : {"", "ok", "ok ", "ok -1", "ok 1 ", "ok 1x", "failed", "failed 1", "failed x y",
                                "failed 99999999999 x", "okay 1"}) {
        CAPTURE(message);
        CHECK_FALSE(outcome_in(message).has_value());
    }
}

TEST_CASE("an exception is a failure, told in one line") {
    const Outcome outcome = failure(std::runtime_error("no\nluck"));
    CHECK_FALSE(outcome.ok);
    CHECK(outcome.why == "no?luck");
}
