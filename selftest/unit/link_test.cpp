// The link that a given server models: how long it holds what passes. On the stage time stands still, so
// that what the server sleeps is what the link takes, to the millisecond.
#include <chrono>

#include "bench/catch.hpp"
#include "engine.hpp"
#include "grader/network/client.hpp"

namespace {

using std::chrono::milliseconds;

struct Linked {
    Linked() : server(small_program("linked"), {}, {.client = &client}) {
        REQUIRE(server.settle() == Rest::standstill);
        port = std::stoi(server.lines().at(0).substr(server.lines()[0].rfind(':') + 1));
    }
    int post(std::size_t bytes) {
        const int call = client.call(
            port, "POST / HTTP/1.1\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n" + std::string(bytes, 'y'));
        CHECK(server.settle() == Rest::standstill);
        return call;
    }
    // How long the server sleeps now; then it has slept.
    Nanoseconds sleep() {
        const std::vector<Held> asleep = server.asleep();
        REQUIRE(asleep.size() == 1);
        server.wake(asleep[0]);
        CHECK(server.settle() == Rest::standstill);
        return asleep[0].asked;
    }
    bool answered(int call) { return client.reply(call) && client.reply(call)->body.size() == 300; }

    Client client{2};
    Program server;
    int port = 0;
};

}  // namespace

TEST_CASE("a request and its answer pass the link, each at its rate and with its delay") {
    Linked linked;
    const int call = linked.post(500);
    CHECK(linked.sleep() == milliseconds(500 + 200));
    CHECK_FALSE(linked.answered(call));
    CHECK(linked.sleep() == milliseconds(300 + 200));
    CHECK(linked.answered(call));
}

TEST_CASE("what comes at the same time passes the link one after the other") {
    Linked linked;
    const int first = linked.post(500), second = linked.post(500);
    CHECK(linked.sleep() == milliseconds(500 + 200));  // the first request is there
    CHECK(linked.sleep() == milliseconds(500));        // the second one: its bytes had to wait
    // The first answer had to wait for the second request's bytes, which passed the link until 1,000 ms.
    CHECK(linked.sleep() == milliseconds(300));
    CHECK(linked.answered(first));
    CHECK_FALSE(linked.answered(second));
    CHECK(linked.sleep() == milliseconds(300));
    CHECK(linked.answered(second));
}
