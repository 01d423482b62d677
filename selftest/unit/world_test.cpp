// The network of the program under test: held, answered in any order, in pieces, or not at all.
#include "grader/network/world.hpp"

#include "bench/catch.hpp"
#include "engine.hpp"

namespace {

Program asks(World& world, const std::string& way, const Lines& paths) {
    Lines arguments = {way, std::to_string(world.port())};
    arguments.insert(arguments.end(), paths.begin(), paths.end());
    return Program(small_program("asks"), arguments, {.world = &world});
}

Lines many_paths(int count) {
    Lines paths;
    for (int i = 0; i < count; ++i) paths.push_back("/" + std::to_string(i));
    return paths;
}

const HttpRequest& for_path(const std::vector<HttpRequest>& requests, const std::string& path) {
    for (const HttpRequest& request : requests)
        if (request.path == path) return request;
    throw std::runtime_error("nobody asked for " + path);
}

}  // namespace

TEST_CASE("all requests of a concurrent client are in flight before the first answer") {
    World world;
    Program client = asks(world, "threads", many_paths(100));
    CHECK(client.settle() == Rest::standstill);
    CHECK(world.in_flight().size() == 100);
    CHECK(client.lines().empty());
}

TEST_CASE("a sequential client never has two requests in flight") {
    World world;
    Program client = asks(world, "in-turn", {"/a", "/b", "/c"});
    for (int i = 1; i <= 3; ++i) {
        CHECK(client.settle() == Rest::standstill);
        REQUIRE(world.in_flight().size() == 1);
        world.answer(world.in_flight()[0], 200, "x");
    }
    CHECK(client.settle() == Rest::ended);
    CHECK(client.lines().size() == 3);
    CHECK(world.most_in_flight() == 1);
}

TEST_CASE("answers leave in the order that the grader likes") {
    World world;
    Program client = asks(world, "threads", {"/a", "/b", "/c"});
    for (const std::string path : {"/c", "/a", "/b"}) {
        REQUIRE(client.settle() == Rest::standstill);
        world.answer(for_path(world.in_flight(), path), 404);
        CHECK(client.settle() != Rest::impatient);
        CHECK(client.lines().back().substr(0, 2) == path);
    }
    CHECK(client.lines()[0].find("HTTP/1.1 404 Not Found") != std::string::npos);
}

TEST_CASE("an answer may come byte by byte, and break off") {
    World world;
    Program client = asks(world, "in-turn", {"/a"});
    REQUIRE(client.settle() == Rest::standstill);
    const HttpRequest request = world.in_flight().at(0);
    for (const char byte : std::string("HTTP/1.")) {
        world.send(request, std::string(1, byte));
        CHECK(client.settle() == Rest::standstill);
        CHECK(client.lines().empty());
    }
    CHECK(world.in_flight().empty());
    SECTION("the connection ends") {
        world.finish(request);
        CHECK(client.settle() == Rest::ended);
        CHECK(client.lines() == Lines{"/a 7 HTTP/1."});
    }
    SECTION("the connection breaks") {
        world.reset(request);
        CHECK(client.settle() == Rest::ended);
        CHECK(client.lines() == Lines{"/a 15 HTTP/1.(broken)"});
    }
}

TEST_CASE("a body of 16 MiB arrives whole") {
    World world;
    Program client = asks(world, "in-turn", {"/a"});
    REQUIRE(client.settle() == Rest::standstill);
    world.send(world.in_flight().at(0), "x\r" + std::string((16 << 20) - 2, 'x'));
    CHECK(client.settle() == Rest::standstill);
    world.finish(world.requests().at(0));
    CHECK(client.settle() == Rest::ended);
    REQUIRE(client.lines().size() == 1);
    CHECK(client.lines()[0].substr(0, 12) == "/a 16777216 ");
}

TEST_CASE("everybody is served from now on, those that wait too") {
    World world;
    Program client = asks(world, "in-turn", many_paths(20));
    REQUIRE(client.settle() == Rest::standstill);
    world.serve([](World& server, const HttpRequest& request) { server.answer(request, 200, "x"); });
    CHECK(client.settle() == Rest::ended);
    CHECK(client.lines().size() == 20);
    CHECK(world.requests().size() == 20);
}

TEST_CASE("a socket's own time-out is held like any other") {
    World world;
    Program client = asks(world, "timeout", {"/a"});
    CHECK(client.settle() == Rest::standstill);
    REQUIRE(client.asleep().size() == 1);
    CHECK(client.asleep()[0].asked == std::chrono::milliseconds(200));
    client.wake(client.asleep()[0]);
    CHECK(client.settle() == Rest::ended);
    CHECK(client.lines() == Lines{"/a 8 (broken)"});
}

TEST_CASE("a socket with a time-out hears what comes before it") {
    World world;
    Program client = asks(world, "timeout", {"/a"});
    REQUIRE(client.settle() == Rest::standstill);
    world.answer(world.in_flight().at(0), 200, "x");
    CHECK(client.settle() == Rest::ended);
    CHECK(client.lines().at(0).find("HTTP/1.1 200 OK") != std::string::npos);
}

TEST_CASE("a client that hangs up is no longer in flight") {
    World world;
    Program client = asks(world, "timeout", {"/a"});
    REQUIRE(client.settle() == Rest::standstill);
    client.wake(client.asleep().at(0));
    CHECK(client.settle() == Rest::ended);
    CHECK(world.in_flight().empty());
    REQUIRE(world.requests().size() == 1);
    CHECK_FALSE(world.is_connected(world.requests()[0]));
    world.answer(world.requests()[0], 200);  // to nobody
}
