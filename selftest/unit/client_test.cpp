// The grader as a client of the program under test, and threads that are made to stand still.
#include "grader/network/client.hpp"

#include <csignal>

#include "bench/catch.hpp"
#include "engine.hpp"
#include "grader/debug/freezer.hpp"

namespace {

struct Served {
    explicit Served(const std::string& way) : program(small_program("serves"), {way}, {.client = &client}) {
        REQUIRE(program.settle() == Rest::standstill);
        REQUIRE(program.lines().size() == 1);
        port = std::stoi(program.lines()[0]);
    }
    std::string body(int call) {
        const std::optional<HttpReply> reply = client.reply(call);
        return reply ? reply->body : "none";
    }
    Client client{8};
    Program program;
    int port = 0;
};

// A request whose thread stands still in the middle.
int freeze_at_work(Served& server, Freezer& freezer) {
    const double before = processor_seconds_of(server.program.process());
    freezer.mark();
    const int call = server.client.call(server.port, "burn\n");
    while (processor_seconds_of(server.program.process()) - before < 0.05) {
        server.program.pump();
        server.program.pause();
    }
    REQUIRE(freezer.freeze_busiest());
    return call;
}

}  // namespace

TEST_CASE("several calls at once, each answered on its own connection") {
    Served server("threads");
    const int first = server.client.call(server.port, "a");
    const int second = server.client.call(server.port, "bb\n");
    CHECK(server.program.settle() == Rest::standstill);
    CHECK_FALSE(server.client.reply(first));
    CHECK(server.body(second) == "3");
    CHECK(server.client.reply(second)->status == 200);
    CHECK(server.client.is_over(second));
    server.client.send(first, "a\n");
    CHECK(server.program.settle() == Rest::standstill);
    CHECK(server.body(first) == "3");
}

TEST_CASE("a body of 16 MiB is taken in whole") {
    Served server("threads");
    const int call = server.client.call(server.port, std::string(16 << 20, 'x'));
    CHECK(server.program.settle() == Rest::standstill);
    CHECK_FALSE(server.client.reply(call));
    server.client.send(call, "\n");
    CHECK(server.program.settle() == Rest::standstill);
    CHECK(server.body(call) == std::to_string((16 << 20) + 1));
}

TEST_CASE("a server in turn stands still behind a caller that says nothing, until that one hangs up") {
    Served server("in-turn");
    const int silent = server.client.call(server.port, "");
    const int second = server.client.call(server.port, "bb\n");
    CHECK(server.program.settle() == Rest::standstill);
    CHECK_FALSE(server.client.reply(second));
    server.client.hang_up(silent);
    CHECK(server.program.settle() == Rest::standstill);
    CHECK(server.body(second) == "3");
}

TEST_CASE("who calls a port where nobody listens is told so") {
    Served server("in-turn");
    const int call = server.client.call(1, "x");
    CHECK(server.program.settle() == Rest::standstill);
    CHECK(server.client.is_over(call));
    CHECK_FALSE(server.client.reply(call));
}

TEST_CASE("nobody is frozen who waits, and who is not there has used no processor time") {
    Served server("threads");
    Freezer freezer(server.program);
    CHECK_FALSE(freezer.freeze_busiest());
    CHECK(freezer.frozen().empty());
    CHECK(processor_seconds_of(0) == 0);
}

TEST_CASE("a thread that computes is frozen, and the others go on without it") {
    const bool concurrent = GENERATE(true, false);
    Served server(concurrent ? "threads" : "in-turn");
    Freezer freezer(server.program);
    const int first = freeze_at_work(server, freezer);
    const int second = server.client.call(server.port, "bb\n");
    CHECK(server.program.settle() == Rest::standstill);
    CHECK_FALSE(server.client.reply(first));
    CHECK(server.client.reply(second).has_value() == concurrent);
    freezer.thaw();
    CHECK(server.program.settle() == Rest::standstill);
    CHECK(server.body(first) == "5");
    CHECK(server.body(second) == "3");
}

TEST_CASE("a program ends, though a thread of it is frozen") {
    const bool concurrent = GENERATE(true, false);  // or it is main that is frozen
    Served server(concurrent ? "threads" : "in-turn");
    Freezer freezer(server.program);
    freeze_at_work(server, freezer);
    server.program.signal(server.program.process(), SIGKILL);
    CHECK(server.program.settle() == Rest::ended);
    CHECK(server.program.ending() == Ending{true, SIGKILL});
}
