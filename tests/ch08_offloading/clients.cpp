// Chapter 8: what processing_server must do with clients of all kinds. Each test case is one criterion, run by itself,
// for the program that ./kit grade names; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch08_offloading/requests.hpp"
#include "support/processing_json.hpp"

namespace {

std::string not_refused() {
    Service server({"--workers", "1"});
    for (const BadRequest& bad : bad_requests())
        if (const std::string problem = wrong_refusal(server, bad); !problem.empty()) return problem;
    const std::string problem = not_served(server);
    return problem.empty() ? "" : "after bad requests, " + problem;
}

}  // namespace

TEST_CASE("tells bad requests what is wrong, and serves on") {
    judge(not_refused(),
          {.saw = std::to_string(bad_requests().size()) +
                  " kinds of bad requests were refused, each with a reason, and the requests after them were served",
           .expected =
               "the server answers a bad request with 400 and a reason, an unknown path with 404, a GET with 405, and "
               "serves the next request",
           .why = "a server cannot choose its clients: one of them must not be able to spoil it for the others",
           .read = readme(2)});
}

namespace {

std::string wrong_limit() {
    constexpr std::size_t most = 8 << 20;
    Service server({});
    std::string body = request_of(colour_picture());
    body.resize(most, ' ');
    const int call = server.post("/process2", body);
    server.settle();
    std::string problem = server.wrong_answer(call, "/process2", colour_picture());
    if (!problem.empty()) return "with a body of 8 MiB, " + problem;
    problem = wrong_refusal(server, {"a body of 8 MiB and a byte", http("POST /process2", body + " "), 413});
    return problem.empty() ? not_served(server) : problem;
}

}  // namespace

TEST_CASE("refuses a body over 8 MiB") {
    judge(wrong_limit(),
          {.saw = "the server took a body of 8 MiB, refused one of a byte more with 413, and served "
                  "the next requests",
           .expected = "the server takes 8 MiB, answers a byte more with 413, and serves the next request",
           .why = "without a limit one client can fill the server's memory",
           .read = readme(2)});
}

namespace {

std::string serves_without_token() {
    Service server({"--token=sesame"});
    const std::string body = request_of(small_picture());
    std::string problem = wrong_refusal(server, {"no token", http("POST /process1", body), 401});
    if (!problem.empty()) return problem;
    problem =
        wrong_refusal(server, {"a wrong token", http("POST /process1", body, "Authorization: Bearer sesam\r\n"), 401});
    if (!problem.empty()) return problem;
    const int call = server.post("/process1", body, "Authorization: Bearer sesame\r\n");
    server.settle();
    problem = server.wrong_answer(call, "/process1", small_picture());
    return problem.empty() ? "" : "with the token, " + problem;
}

}  // namespace

TEST_CASE("serves only who has the token, where one is set") {
    judge(serves_without_token(),
          {.saw = "the server answered 401 without the token and with a wrong one, and gave the "
                  "result with the right one",
           .expected = "the server answers 401 to a client that does not send the token",
           .why = "a server on a network computes for every client that finds it, unless it "
                  "asks for a token",
           .read = readme(8)});
}

namespace {

// In the middle of its request.
std::string disturbed_by_half_a_request(Service& server) {
    const int half = server.send("POST /process1 HTTP/1.1\r\nContent-Length: 1000\r\n\r\n{\"width\": 16");
    server.settle();
    server.client.hang_up(half);
    const std::string problem = not_served(server);
    return problem.empty() ? "" : "a client hung up in the middle of its request: " + problem;
}

// While its picture is computed, or while its request waits for the one that is.
std::string disturbed_at_work(Service& server, bool queued) {
    int call = 0;
    std::string problem = server.stop_at_work(call);
    if (!problem.empty()) return problem;
    const int gone = queued ? server.ask("/process2", colour_picture()) : call;
    server.settle();
    server.client.hang_up(gone);
    server.settle();
    server.freezer.thaw();
    problem = not_served(server);
    if (problem.empty()) return "";
    return std::string("a client hung up while ") +
           (queued ? "its request waited for a worker: " : "its picture was computed: ") + problem;
}

std::string disturbed() {
    Service server({"--workers", "1"});
    if (!server.listens()) return "the server does not listen: " + server.situation();
    std::string problem = disturbed_by_half_a_request(server);
    if (problem.empty()) problem = disturbed_at_work(server, false);
    return problem.empty() ? disturbed_at_work(server, true) : problem;
}

}  // namespace

TEST_CASE("a client that hangs up disturbs nobody") {
    judge(disturbed(), {.saw = "clients hung up in the middle of a request, during the work, and while they waited; "
                               "the next ones were served",
                        .expected = "the server serves the next request, whatever happened to the one before",
                        .why = "a client that has waited too long leaves without a word",
                        .read = readme(2)});
}
