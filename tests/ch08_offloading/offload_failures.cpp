// Chapter 8, offload_client: what a server costs that does not answer as it should. Each test case is one criterion,
// run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch08_offloading/modes.hpp"

namespace {

// Of a client whose calls have all failed: why that did cost it something, or "".
std::string cost_of_failure(Offloader& client, const std::string& mode, Rest rest) {
    const std::string problem = client.wrong_finish(rest, {client.right(mode)});
    if (!problem.empty()) return problem;
    for (const std::string& function : sent_in(mode))
        if (client.done_here(function) == 0)
            return function + " was never computed locally: there is no \"local " + function + " done\" on stderr";
    return client.complaints().empty() ? "nothing on stderr says that the server failed" : "";
}

std::string cost_of_none(const std::string& mode) {
    Offloader client({.mode = mode, .samples = 2, .away = true});
    return cost_of_failure(client, mode, client.settle());
}

}  // namespace

TEST_CASE("a server that is away costs no result") {
    judge(in_each(sending_modes, cost_of_none),
          {.saw = "no server listened: the client said so on stderr, computed locally, and exited with 0",
           .expected = "the client prints a line on stderr and the right result, and exits with 0",
           .why = "the device can compute everything itself: a server only makes it faster",
           .read = readme(6)});
}

namespace {

std::string cost_of_silence(const std::string& mode) {
    Offloader client({.mode = mode, .more = {"--timeout", "3s"}});
    Rest rest = client.settle();
    // The server says nothing. Time passes for whoever waits, until they have waited long enough.
    while (rest == Rest::standstill) {
        std::vector<Held> patient = client.program.asleep();
        std::erase_if(patient, [&](const Held& held) {
            return client.program.stage().age(held.thread) > std::chrono::seconds(10);
        });
        if (patient.empty()) break;
        client.program.wake(patient.front());
        rest = client.settle();
    }
    return cost_of_failure(client, mode, rest);
}

}  // namespace

TEST_CASE("a server that is too slow costs no result") {
    judge(in_each({"process1", "both"}, cost_of_silence),
          {.saw = "the server did not answer within --timeout: the client said so on stderr, computed locally, and "
                  "exited with 0",
           .expected = "after the time-out the client prints a line on stderr and the right result, and exits with 0",
           .why = "waiting for ever is the one answer that is certainly too late",
           .read = readme(6)});
}

namespace {

struct Failure {
    std::string what, bytes;
    bool breaks = false;
};

std::string with_length(const std::string& body, std::size_t length) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" + body;
}

std::vector<Failure> failures() {
    return {{"hangs up without a word", ""},
            {"breaks the connection", "", true},
            {"breaks off in the head", "HTTP/1.1 200 OK\r\nContent-"},
            {"breaks off in the middle of the body", with_length("{\"result\": 1", 100)},
            {"breaks the connection in the body", with_length("{\"result\": 1}", 100), true},
            {"speaks no HTTP", "hello\r\n\r\n"},
            {"answers 500 with something like a result",
             "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 13\r\n\r\n{\"result\": 1}"},
            {"answers 404", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"},
            {"answers with HTML", with_length("<html>1</html>", 14)},
            {"answers with nothing", with_length("", 0)},
            {"answers with an object without a result", with_length("{}", 2)},
            {"answers with a result in words", with_length("{\"result\": \"1\"}", 15)},
            {"answers with a list", with_length("[1]", 3)}};
}

std::string cost_of(const Failure& failure, const std::string& mode) {
    Offloader client({.mode = mode});
    client.world.serve([&failure](World& server, const HttpRequest& request) {
        server.send(request, failure.bytes);
        if (failure.breaks) server.reset(request);
        else server.finish(request);
    });
    const std::string problem = cost_of_failure(client, mode, client.settle());
    return problem.empty() ? "" : "the server " + failure.what + "; mode " + mode + ": " + problem;
}

}  // namespace

TEST_CASE("an answer that breaks off or makes no sense costs no result") {
    const std::vector<Failure> all = failures();
    std::string problem;
    for (std::size_t i = 0; i < all.size() && problem.empty(); ++i)
        problem = cost_of(all[i], sending_modes[i % sending_modes.size()]);
    judge(problem, {.saw = "the server failed in " + std::to_string(all.size()) +
                           " ways: each time the client said so on stderr, computed locally, and exited with 0",
                    .expected = "the client prints a line on stderr and the right result, and exits with 0",
                    .why = "anything may come over a network: look at it before you believe it",
                    .read = readme(6)});
}

namespace {

// In mode both, the call for one function fails, before the other one is answered or after it.
std::string spoils_the_other(const std::string& failing, bool fails_first) {
    Offloader client({.mode = "both"});
    Rest rest = client.settle();
    for (const bool turn : {fails_first, !fails_first}) {
        const std::string function = turn ? failing : other(failing);
        const auto request = client.asked_for(function);
        if (!request) return "the client does not ask the server for " + function + "; " + client.situation();
        if (turn) {
            client.world.answer(*request, 503, "{\"error\": \"come back later\"}");
            rest = client.settle();
        } else {
            rest = client.answer(*request, odd_reply(function));
        }
    }
    const std::string problem = client.wrong_finish(rest, {odd_line(client, "both", {other(failing)})});
    if (!problem.empty()) return problem;
    return client.complaints().empty() ? "nothing on stderr says that the server failed" : "";
}

}  // namespace

TEST_CASE("a call that fails spoils no other") {
    std::string problem;
    for (const std::string failing : {"process1", "process2"}) {
        for (const bool fails_first : {true, false}) {
            if (!problem.empty()) break;
            problem = spoils_the_other(failing, fails_first);
            if (!problem.empty()) problem = "the call for " + failing + " failed: " + problem;
        }
    }
    judge(
        problem,
        {.saw = "one call failed and the client computed its function; the other result was the server's",
         .expected = "the client computes the function whose call failed, and takes the server's result for the other",
         .why = "the two calls have nothing to do with each other: one that fails costs only its own result",
         .read = readme(6)});
}
