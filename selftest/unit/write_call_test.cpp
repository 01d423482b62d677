// What a child writes into a pipe may be passed on in parts, and a child may be made to close its end.
#include "grader/stage/write_call.hpp"

#include "bench/catch.hpp"
#include "engine.hpp"
#include "grader/stage/injector.hpp"

namespace {

std::vector<Held> writes(Program& program) {
    return program.stage().held(Held::Kind::pipe_write);
}

}  // namespace

TEST_CASE("a write into a pipe is held, and passed on a part at a time") {
    Program program(small_program("pipes"), {"10"}, {.policy = {.hold_pipes = true}});
    REQUIRE(program.settle() == Rest::standstill);
    REQUIRE(writes(program).size() == 1);
    CHECK(writes(program)[0].size == 10);
    CHECK(program.describe().find("is about to write into its pipe or socket") != std::string::npos);
    CHECK(program.stage().let_go_part(writes(program)[0], 3));
    REQUIRE(program.settle() == Rest::standstill);
    REQUIRE(writes(program).size() == 1);
    CHECK(writes(program)[0].size == 7);
    program.wake(writes(program)[0]);
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"10 bytes in 2 reads", "status 0"});
}

TEST_CASE("what reaches a pipe is written, by whatever call") {
    for (const char* call : {"write", "writev", "pwritev2", "vmsplice", "sendfile", "splice"}) {
        CAPTURE(call);
        Program program(small_program("pipes"), {"10", call}, {.policy = {.hold_pipes = true}});
        REQUIRE(program.settle() == Rest::standstill);
        CHECK(program.lines().empty());
        REQUIRE(writes(program).size() == 1);
        CHECK(writes(program)[0].size == 10);
        program.stage().let_go_part(writes(program)[0], 3);
        REQUIRE(program.settle() == Rest::standstill);
        REQUIRE(writes(program).size() == 1);
        CHECK(writes(program)[0].size == 7);
        program.wake(writes(program)[0]);
        CHECK(program.settle() == Rest::ended);
        CHECK(program.lines() == Lines{"10 bytes in 2 reads", "status 0"});
    }
}

TEST_CASE("what reaches a socket pair is held, and a stream passed on a part at a time") {
    const Policy policy = {.hold_pipes = true, .hold_socket_pairs = true};
    for (const char* call : {"write", "send"}) {
        CAPTURE(call);
        Program program(small_program("pipes"), {"10", call, "stream"}, {.policy = policy});
        REQUIRE(program.settle() == Rest::standstill);
        REQUIRE(writes(program).size() == 1);
        CHECK(writes(program)[0].size == 10);
        CHECK(!writes(program)[0].atomic);
        program.stage().let_go_part(writes(program)[0], 3);
        REQUIRE(program.settle() == Rest::standstill);
        REQUIRE(writes(program).size() == 1);
        CHECK(writes(program)[0].size == 7);
        program.wake(writes(program)[0]);
        CHECK(program.settle() == Rest::ended);
        CHECK(program.lines() == Lines{"10 bytes in 2 reads", "status 0"});
    }
}

TEST_CASE("a message is whole, or it is not there") {
    const Policy policy = {.hold_pipes = true, .hold_socket_pairs = true};
    const std::pair<const char*, const char*> whole[] = {
        {"sendmsg", "stream"}, {"sendmsg", "messages"}, {"send", "messages"}, {"write", "pipe"}};
    for (const auto& [call, kind] : whole) {
        CAPTURE(call, kind);
        Program program(small_program("pipes"), {"10", call, kind}, {.policy = policy});
        REQUIRE(program.settle() == Rest::standstill);
        REQUIRE(writes(program).size() == 1);
        CHECK(writes(program)[0].atomic);
        program.wake(writes(program)[0]);
        CHECK(program.settle() == Rest::ended);
        CHECK(program.lines() == Lines{"10 bytes in 1 reads", "status 0"});
    }
    Program program(small_program("pipes"), {"5000"}, {.policy = policy});
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(!writes(program)[0].atomic);
}

TEST_CASE("a child may die with half of its message written") {
    Program program(small_program("pipes"), {"10"}, {.policy = {.hold_pipes = true}});
    REQUIRE(program.settle() == Rest::standstill);
    REQUIRE(program.stage().let_go_part(writes(program)[0], 3));
    REQUIRE(program.settle() == Rest::standstill);
    REQUIRE(make_exit(writes(program)[0].thread, 7));
    CHECK(program.settle() == Rest::ended);
    CHECK(program.lines() == Lines{"3 bytes in 1 reads", "status 7"});
}

TEST_CASE("a child is made to close its end, and lives on") {
    Program program(small_program("pipes"), {"10"}, {.policy = {.hold_ends = true}});
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(program.lines().empty());  // its end is open for as long as it lives
    const std::vector<Held> ends = program.stage().held(Held::Kind::process_end);
    REQUIRE(ends.size() == 1);
    for (const Task& task : program.tasks()) {
        if (task.thread != ends[0].thread) continue;
        for (int descriptor = 3; descriptor < 10; ++descriptor)
            if (is_pipe(task.process, descriptor)) CHECK(make_close(task, descriptor));
    }
    REQUIRE(program.settle() == Rest::standstill);
    CHECK(program.lines() == Lines{"10 bytes in 1 reads"});
    REQUIRE(program.stage().held(Held::Kind::process_end).size() == 1);
    program.wake(program.stage().held(Held::Kind::process_end)[0]);
    REQUIRE(program.settle() == Rest::standstill);  // the parent's own last step
    CHECK(program.lines().back() == "status 0");
}
