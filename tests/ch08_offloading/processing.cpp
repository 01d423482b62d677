// Chapter 8: what processing_server must do. Each test case is one criterion, run by itself, for the
// program that ./kit grade names; points are in labs/labs.json.
#include "bench/catch.hpp"
#include "ch08_offloading/both.hpp"
#include "ch08_offloading/service.hpp"
#include "grader/contain/room.hpp"
#include "support/processing_json.hpp"

#include <csignal>
#include <optional>

namespace {

const Picture small = some_picture({16, 12}, 1), colours = some_picture({40, 30}, 3);

// A small request to each function, one after the other: why one is not answered as it should be, or "".
std::string not_served(Service& server) {
    const int first = server.ask("/process1", small);
    server.settle();
    const int second = server.ask("/process2", colours);
    const Rest rest = server.settle();
    std::string problem = rest == Rest::standstill ? "" : wrong_end(server.program, rest);
    if (problem.empty()) problem = server.wrong_answer(first, "/process1", small);
    if (problem.empty()) problem = server.wrong_answer(second, "/process2", colours);
    return problem;
}

// With so many requests at work and stopped in the middle: why a further one is not answered, or "".
std::string serves_beside(Service& server, int stopped) {
    std::vector<int> at_work;
    for (int i = 1; i <= stopped; ++i) {
        int call = 0;
        const std::string problem = server.stop_at_work(call);
        if (!problem.empty())
            return i == 1 ? problem
                          : "with " + counted(static_cast<std::size_t>(i - 1), "request", "requests") +
                                " at work and stopped, " + problem;
        at_work.push_back(call);
    }
    std::string problem;
    for (const bool first : {true, false}) {  // whether the result is right is another criterion's business
        const int call = server.ask(first ? "/process1" : "/process2", first ? small : colours);
        server.settle();
        if (!server.client.reply(call))
            problem = std::string("a further one, to ") + (first ? "/process1" : "/process2") + ", has no answer";
        if (!problem.empty()) break;
    }
    if (!problem.empty())
        return "with " + counted(at_work.size(), "request", "requests") + " at work and stopped in the middle, " +
               problem + "; " + server.situation();
    for (const int call : at_work)
        if (server.client.reply(call)) return "the request that was stopped in the middle has its answer";
    server.freezer.thaw();
    server.settle();
    for (const int call : at_work)
        if (!server.client.reply(call))
            return "let go on again, a request that was stopped gets no answer: " + server.situation();
    return "";
}

// Whom the grader stops is seen by processor time alone: a right program may be caught at the wrong moment.
std::string serves_beside(const std::vector<std::string>& flags, int stopped) {
    std::string problem;
    for (int attempt = 0; attempt < 3; ++attempt) {
        Service server(flags);
        problem = serves_beside(server, stopped);
        if (problem.empty()) return "";
    }
    return problem;
}

struct Bad {
    std::string what, request;
    int status = 400;
};

std::string http(const std::string& line, const std::string& body = "", const std::string& header = "") {
    return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header +
           "Connection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::vector<Bad> bad_requests() {
    const std::string sound = request_of(small);
    const auto instead = [&](const std::string& from, const std::string& to) {
        std::string text = sound;
        return text.replace(text.find(from), from.size(), to);
    };
    const auto post = [](const std::string& body) { return http("POST /process1", body); };
    return {{"no JSON", post("what?")},
            {"an empty body", post("")},
            {"a list", post("[1, 2, 3]")},
            {"JSON that is cut off", post(sound.substr(0, 50))},
            {"no width", post(instead("\"width\": 16, ", ""))},
            {"no pixels", post("{\"width\": 1, \"height\": 1, \"channels\": 1}")},
            {"a width in words", post(instead("16", "\"sixteen\""))},
            {"a width of 0", post(instead("16", "0"))},
            {"a height below 0", post(instead("12", "-12"))},
            {"a picture that does not fit its width", post(instead("16", "17"))},
            {"a picture of 2 channels", post(instead("\"channels\": 1", "\"channels\": 2"))},
            {"pixels that are a number", post("{\"width\": 1, \"height\": 1, \"channels\": 1, \"pixels\": 7}")},
            {"pixels that are no base64", post("{\"width\": 1, \"height\": 1, \"channels\": 1, \"pixels\": \"*(&!\"}")},
            {"an unknown path", http("POST /process3", sound), 404},
            {"a GET", http("GET /process1"), 405}};
}

// What is wrong with the answer to a request that is to be refused, or "".
std::string wrong_refusal(Service& server, const Bad& bad) {
    const int call = server.send(bad.request);
    const Rest rest = server.settle();
    if (rest != Rest::standstill) return bad.what + ": " + wrong_end(server.program, rest);
    const std::optional<HttpReply> reply = server.client.reply(call);
    if (!reply) return bad.what + " gets no answer";
    if (reply->status != bad.status)
        return bad.what + " is answered with " + std::to_string(reply->status) + ", and " + std::to_string(bad.status) +
               " belongs there";
    if (reply->body.empty()) return bad.what + " is answered with " + std::to_string(bad.status) + " and no reason";
    return "";
}

}  // namespace

TEST_CASE("answers a second request while the first is computed") {
    const std::string problem = serves_beside({"--workers", "2"}, 1);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "one request's thread was stopped in the middle of its work, and two further "
                                    "requests were answered; then the first was"
                                  : problem,
           .expected = "the answer to a second request, however long the first one takes",
           .why = "a thread that computes reads no requests: whoever asks next waits for somebody else's picture",
           .read = readme(2)});
}

TEST_CASE("computes as many at once as it has workers") {
    std::string problem;
    for (const int workers : {4, 3}) {
        const std::string flag = "--workers=" + std::to_string(workers);
        problem = serves_beside({flag}, workers - 1);
        if (!problem.empty()) problem = flag + ": " + problem;
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "of 4 workers and of 3, all but one were stopped at work, and the last one served"
                                  : problem,
           .expected = "one request more answered while all workers but one are stopped in the middle of theirs",
           .why = "a core that nobody gives work to is a core too many",
           .read = readme(2)});
}

TEST_CASE("a request that finds all workers busy is answered later") {
    constexpr int spare = 40;
    const int many = static_cast<int>(at_once(257 + spare, 1)) - spare;
    Service server({"--workers", "1"}, {}, Flavour::plain, many + spare);
    int first = 0;
    std::string problem = server.stop_at_work(first);
    const Picture at_work_on = server.at_work_on;
    std::vector<std::pair<int, Picture>> later;
    for (int i = 0; i < many && problem.empty(); ++i) {
        const Picture picture = some_picture({10 + i % 100, 3 + i % 7}, 1);
        later.emplace_back(server.ask("/process1", picture), picture);
        if (i % 32 == 0) server.settle();  // the first of them have come before the last ones are sent
    }
    server.settle();
    server.freezer.thaw();
    const Rest rest = server.settle();
    if (problem.empty() && rest != Rest::standstill) problem = wrong_end(server.program, rest);
    if (problem.empty()) problem = server.wrong_answer(first, "/process1", at_work_on);
    for (const auto& [call, picture] : later)
        if (problem.empty()) problem = server.wrong_answer(call, "/process1", picture);
    if (!problem.empty())
        problem = std::to_string(many) + " requests came while the one worker was at work: " + problem + "; " +
                  server.situation();
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? std::to_string(many) +
                            " requests came while the one worker was at work; when it went on, all were answered"
                      : problem,
           .expected = "an answer for each, when a worker is free again",
           .why = "a worker that goes to sleep without a look at the queue misses what came while it was busy",
           .read = readme(3)});
}

namespace {

// Pictures of all shapes that there may be, from one pixel to 8 MB, one after the other.
std::string wrong_for_a_shape(Service& server) {
    const std::vector<std::pair<Size, std::vector<std::string>>> shapes = {{{1, 1}, {"/process1", "/process2"}},
                                                                           {{1, 256}, {"/process1", "/process2"}},
                                                                           {{256, 1}, {"/process1", "/process2"}},
                                                                           {{2, 2}, {"/process1", "/process2"}},
                                                                           {{256, 256}, {"/process1"}},
                                                                           {{16'384, 1}, {"/process2"}},
                                                                           {{1, 16'384}, {"/process2"}},
                                                                           {{2000, 1000}, {"/process2"}}};
    for (const auto& [size, paths] : shapes) {
        for (const std::string& path : paths) {
            const Picture picture = some_picture(size, path == "/process1" ? 1 : 3);
            const int call = server.ask(path, picture);
            server.settle();
            const std::string problem = server.wrong_answer(call, path, picture);
            if (problem.empty()) continue;
            return "a picture of " + std::to_string(size.width) + " x " + std::to_string(size.height) + ": " + problem;
        }
    }
    return "";
}

// Both ends of --workers.
std::string wrong_for_workers(const std::string& workers) {
    Service server({"--workers", workers});
    const std::string problem = not_served(server);
    return problem.empty() ? "" : "with --workers " + workers + ": " + problem;
}

}  // namespace

TEST_CASE("answers every one of many requests, to the last digit") {
    Service server({"--workers", "3"});
    std::vector<std::tuple<int, std::string, Picture>> calls;
    for (int i = 0; i < 30; ++i) {
        const bool first = i % 2 == 0;
        Picture picture = some_picture({12 + i, 10 + i % 4}, first ? 1 : 3);
        const std::string path = first ? "/process1" : "/process2";
        const int call = server.ask(path, picture);
        calls.emplace_back(call, path, std::move(picture));
    }
    const Rest rest = server.settle();
    std::string problem = rest == Rest::standstill ? "" : wrong_end(server.program, rest);
    for (const auto& [call, path, picture] : calls)
        if (problem.empty()) problem = server.wrong_answer(call, path, picture);
    if (problem.empty()) problem = wrong_for_a_shape(server);
    for (const char* workers : {"1", "256"})
        if (problem.empty()) problem = wrong_for_workers(workers);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "30 requests at once, pictures from 1 x 1 to 8 MB, 1 worker and 256: each answered "
                                    "with its own result"
                                  : problem,
           .expected = "to each request the result of its own picture",
           .why = "where two threads share what only one may use, tasks get lost, or come twice",
           .read = readme(3)});
}

TEST_CASE("tells bad requests what is wrong, and serves on") {
    std::string problem;
    {
        Service server({"--workers", "1"});
        for (const Bad& bad : bad_requests()) {
            problem = wrong_refusal(server, bad);
            if (!problem.empty()) break;
        }
        if (problem.empty()) {
            problem = not_served(server);
            if (!problem.empty()) problem = "after bad requests, " + problem;
        }
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? std::to_string(bad_requests().size()) +
                                        " kinds of bad requests, each refused with a reason; the next ones were served"
                                  : problem,
           .expected = "400 and a reason, 404 for an unknown path, 405 for a GET; and the next request served",
           .why = "a server cannot choose its clients: one of them must not be able to spoil it for the others",
           .read = readme(2)});
}

TEST_CASE("refuses a body over 8 MiB") {
    constexpr std::size_t most = 8 << 20;
    Service server({});
    std::string body = request_of(colours);
    body.resize(most, ' ');
    const int call = server.post("/process2", body);
    server.settle();
    std::string problem = server.wrong_answer(call, "/process2", colours);
    if (!problem.empty()) problem = "a body of 8 MiB: " + problem;
    if (problem.empty())
        problem = wrong_refusal(server, {"a body of 8 MiB and a byte", http("POST /process2", body + " "), 413});
    if (problem.empty()) problem = not_served(server);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "a body of 8 MiB was taken, one of a byte more was refused with 413, and the next "
                                    "requests were served"
                                  : problem,
           .expected = "8 MiB taken, 413 for a byte more, and the next request served",
           .why = "without a limit one client can fill the server's memory",
           .read = readme(2)});
}

TEST_CASE("serves only who has the token, where one is set") {
    Service server({"--token=sesame"});
    const std::string body = request_of(small);
    std::string problem = wrong_refusal(server, {"no token", http("POST /process1", body), 401});
    if (problem.empty())
        problem = wrong_refusal(
            server, {"a wrong token", http("POST /process1", body, "Authorization: Bearer sesam\r\n"), 401});
    if (problem.empty()) {
        const int call = server.post("/process1", body, "Authorization: Bearer sesame\r\n");
        server.settle();
        problem = server.wrong_answer(call, "/process1", small);
        if (!problem.empty()) problem = "with the token, " + problem;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "401 without the token and with another, and the result with it" : problem,
           .expected = "401 for whoever does not send it",
           .why = "a server on a network computes for whoever finds it, unless it asks who that is",
           .read = readme(2)});
}

TEST_CASE("a client that hangs up disturbs nobody") {
    Service server({"--workers", "1"});
    std::string problem = server.listens() ? "" : "the server does not listen: " + server.situation();
    if (problem.empty()) {  // in the middle of its request
        const int half = server.send("POST /process1 HTTP/1.1\r\nContent-Length: 1000\r\n\r\n{\"width\": 16");
        server.settle();
        server.client.hang_up(half);
        problem = not_served(server);
        if (!problem.empty()) problem = "a client hung up in the middle of its request: " + problem;
    }
    for (const bool queued : {false, true}) {
        int call = 0;
        if (problem.empty()) problem = server.stop_at_work(call);
        if (!problem.empty()) break;
        const int gone = queued ? server.ask("/process2", colours) : call;
        server.settle();
        server.client.hang_up(gone);
        server.settle();
        server.freezer.thaw();
        problem = not_served(server);
        if (!problem.empty())
            problem = std::string("a client hung up while ") +
                      (queued ? "its request waited for a worker: " : "its picture was computed: ") + problem;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "clients hung up in the middle of a request, of the work, and while they waited: "
                                    "the next ones were served"
                                  : problem,
           .expected = "the next request served, whatever became of the one before",
           .why = "who has waited too long goes, and says nothing",
           .read = readme(2)});
}

TEST_CASE("ends at SIGTERM, in the middle of work too") {
    std::string problem;
    for (const bool at_work : {false, true}) {
        Service server({"--workers", "2"});
        problem = not_served(server);
        if (problem.empty() && at_work) {
            int call = 0;
            problem = server.stop_at_work(call);
            for (int i = 0; i < 4; ++i) server.ask("/process1", server.at_work_on);
        }
        if (problem.empty()) {
            server.program.signal(server.program.process(), SIGTERM);
            server.freezer.thaw();
            const Rest rest = server.settle();
            problem = wrong_end(server.program, rest);
        }
        if (problem.empty()) continue;
        problem = std::string(at_work ? "at work and with more waiting: " : "with nothing to do: ") + problem;
        break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "it ended with 0, idle and in the middle of work" : problem,
           .expected = "an end with exit code 0: who sleeps is woken, who works is told to stop",
           .why = "a server that has to be killed cannot say what it leaves behind",
           .read = readme(3)});
}

std::string server_leaves_threads() {
    {  // while one of them is at work
        Service server({"--workers", "2"}, {.policy = {.hold_ends = true}});
        server.threads_may_end = true;
        int call = 0;
        const std::string problem = server.stop_at_work(call);
        if (!problem.empty()) return problem;
        server.program.signal(server.program.process(), SIGTERM);
        server.settle();
        if (!server.program.stage().held(Held::Kind::process_end).empty())
            return "main left while a thread was at work";
    }
    Service server({"--workers", "2"}, {.policy = {.hold_ends = true}});
    for (int i = 0; i < 3; ++i) server.ask("/process1", small);
    server.settle();
    server.program.signal(server.program.process(), SIGTERM);
    std::size_t joined = 0;
    const auto run = [&server] { server.settle(); };
    return wrong_joins(server.program, run, joined);
}

std::string server_under(Flavour flavour) {
    Service server({"--workers", "3"}, sanitized(flavour), flavour);
    // One worker is stopped in the middle of a task, and another one goes through a whole one: a lock that
    // the first one takes on its way to the next task would order the two, and a race would go unseen.
    int at_work = 0;
    server.stop_at_work(at_work);  // where that comes to nothing, other criteria tell
    server.ask("/process2", small);
    server.settle();
    server.freezer.thaw();
    server.settle();
    for (int i = 0; i < 12; ++i) server.ask(i % 2 == 0 ? "/process1" : "/process2", small);
    server.send(bad_requests()[0].request);
    server.settle();
    server.ask("/process1", small);
    server.settle();
    for (int i = 0; i < 4; ++i) server.ask("/process1", some_picture({40, 30}, 1));
    server.program.signal(server.program.process(), SIGTERM);
    return wrong_sanitized_run(server.program, server.settle());
}

std::string server_spins() {
    Service server({"--workers", "3"});
    if (server.program.settle() != Rest::standstill)
        return "with nothing to do, somebody burns processor time: " + server.situation();
    const std::string problem = not_served(server);
    if (!problem.empty()) return problem;
    if (server.program.settle() != Rest::standstill)
        return "with nothing more to do, somebody burns processor time: " + server.situation();
    return "";
}
