// Chapter 8: what processing_server must do while it is at work. Each test case is one criterion, run by itself, for
// the program that ./kit grade names; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"
#include "ch08_offloading/both.hpp"
#include "ch08_offloading/requests.hpp"
#include "grader/contain/room.hpp"

#include <csignal>

namespace {

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
        const int call = server.ask(first ? "/process1" : "/process2", first ? small_picture() : colour_picture());
        server.settle();
        if (!server.client.reply(call))
            problem = std::string("a further one, to ") + (first ? "/process1" : "/process2") + ", gets no answer";
        if (!problem.empty()) break;
    }
    if (!problem.empty())
        return "with " + counted(at_work.size(), "request", "requests") + " at work and stopped in the middle, " +
               problem + "; " + server.situation();
    for (const int call : at_work)
        if (server.client.reply(call)) return "a request that was stopped in the middle has its answer already";
    server.freezer.thaw();
    server.settle();
    for (const int call : at_work)
        if (!server.client.reply(call))
            return "a request that was stopped, and then released, gets no answer: " + server.situation();
    return "";
}

// Whom the grader stops is seen by processor time alone: a right program may be caught at the wrong moment.
std::string serves_beside(const Words& flags, int stopped) {
    std::string problem;
    for (int attempt = 0; attempt < 3; ++attempt) {
        Service server(flags);
        problem = serves_beside(server, stopped);
        if (problem.empty()) return "";
    }
    return problem;
}

}  // namespace

TEST_CASE("answers a second request while the first is computed") {
    judge(serves_beside({"--workers", "2"}, 1),
          {.saw = "the thread of one request was stopped in the middle of its work, and two further requests were "
                  "answered; released, it answered the first as well",
           .expected = "the server answers a second request, however long the first one takes",
           .why = "a thread that computes reads no requests: the next client waits for another client's picture",
           .read = readme(2)});
}

TEST_CASE("computes as many at once as it has workers") {
    std::string problem;
    for (const int workers : {4, 3}) {
        const std::string flag = "--workers=" + std::to_string(workers);
        if (problem.empty()) problem = serves_beside({flag}, workers - 1);
        if (!problem.empty()) {
            problem = "with " + flag + ", " + problem;
            break;
        }
    }
    judge(problem,
          {.saw = "of 4 workers and of 3, all but one were stopped at work, and the last one served",
           .expected =
               "the server answers one more request while all workers but one are stopped in the middle of theirs",
           .why = "a worker that gets no request leaves a core idle while clients wait",
           .read = readme(2)});
}

namespace {

constexpr int spare_calls = 40;

// So many requests come while the one worker is at work.
std::string forgets_a_request(int many) {
    Service server({"--workers", "1"}, {}, Flavour::plain, many + spare_calls);
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
    if (problem.empty() && rest != Rest::standstill) problem = server.wrong_end(rest);
    if (problem.empty()) problem = server.wrong_answer(first, "/process1", at_work_on);
    for (const auto& [call, picture] : later)
        if (problem.empty()) problem = server.wrong_answer(call, "/process1", picture);
    if (problem.empty()) return "";
    return "after " + std::to_string(many) + " requests that came while the one worker was at work, " + problem + "; " +
           server.situation();
}

}  // namespace

TEST_CASE("a request that finds all workers busy is answered later") {
    const int many = static_cast<int>(at_once(257 + spare_calls, 1)) - spare_calls;
    judge(forgets_a_request(many),
          {.saw = std::to_string(many) +
                  " requests came while the one worker was at work; when it went on, all were answered",
           .expected = "the server answers each of them when the worker is free again",
           .why = "a worker that goes to sleep without looking at the queue misses what came while it was busy",
           .read = readme(3)});
}

namespace {

// Thirty requests at once, of both functions.
std::string wrong_among_many(Service& server) {
    struct Call {
        int number;
        std::string path;
        Picture picture;
    };
    std::vector<Call> calls;
    for (int i = 0; i < 30; ++i) {
        const std::string path = i % 2 == 0 ? "/process1" : "/process2";
        const Picture picture = some_picture({12 + i, 10 + i % 4}, i % 2 == 0 ? 1 : 3);
        calls.push_back({server.ask(path, picture), path, picture});
    }
    const Rest rest = server.settle();
    std::string problem = rest == Rest::standstill ? "" : server.wrong_end(rest);
    for (const auto& [call, path, picture] : calls)
        if (problem.empty()) problem = server.wrong_answer(call, path, picture);
    return problem;
}

// Pictures of all shapes that there may be, from one pixel to 8 MB, one after the other.
std::string wrong_for_a_shape(Service& server) {
    const std::vector<std::pair<Size, Words>> shapes = {{{1, 1}, {"/process1", "/process2"}},
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
            return "with a picture of " + std::to_string(size.width) + " x " + std::to_string(size.height) + ", " +
                   problem;
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

std::string wrong_answers() {
    std::string problem;
    {
        Service server({"--workers", "3"});
        problem = wrong_among_many(server);
        if (problem.empty()) problem = wrong_for_a_shape(server);
    }
    for (const char* workers : {"1", "256"})
        if (problem.empty()) problem = wrong_for_workers(workers);
    return problem;
}

}  // namespace

TEST_CASE("answers every one of many requests, to the last digit") {
    judge(wrong_answers(),
          {.saw = "30 requests at once, pictures from 1 x 1 to 8 MB, with 1 worker and with 256: every "
                  "request got the result of its own picture",
           .expected = "the server answers each request with the result of its own picture",
           .why = "if two threads share what only one at a time may use, tasks get lost, or are done twice",
           .read = readme(3)});
}

namespace {

std::string does_not_end(bool at_work) {
    const std::string when = at_work ? "at work, with more requests waiting: " : "when idle: ";
    Service server({"--workers", "2"});
    std::string problem = not_served(server);
    if (problem.empty() && at_work) {
        int call = 0;
        problem = server.stop_at_work(call);
        for (int i = 0; i < 4; ++i) server.ask("/process1", server.at_work_on);
    }
    if (!problem.empty()) return when + problem;
    server.program.signal(server.program.process(), SIGTERM);
    server.freezer.thaw();
    problem = server.wrong_end(server.settle());
    return problem.empty() ? "" : when + problem;
}

}  // namespace

TEST_CASE("ends at SIGTERM, in the middle of work too") {
    std::string problem = does_not_end(false);
    if (problem.empty()) problem = does_not_end(true);
    judge(problem,
          {.saw = "the server ended with exit code 0, when idle and in the middle of work",
           .expected = "the server ends with exit code 0: it wakes workers that sleep, and tells those at work to stop",
           .why = "a server that has to be killed cannot say what it leaves behind",
           .read = readme(3)});
}

namespace {

// One of its threads is at work.
std::string leaves_at_work() {
    Service server({"--workers", "2"}, {.policy = {.hold_ends = true}});
    server.threads_may_end = true;
    int call = 0;
    const std::string problem = server.stop_at_work(call);
    if (!problem.empty()) return problem;
    server.program.signal(server.program.process(), SIGTERM);
    server.settle();
    return server.program.stage().held(Held::Kind::process_end).empty() ? ""
                                                                        : "main ended while a thread was still at work";
}

}  // namespace

Joins server_joins() {
    if (const std::string problem = leaves_at_work(); !problem.empty()) return {problem};
    Service server({"--workers", "2"}, {.policy = {.hold_ends = true}});
    for (int i = 0; i < 3; ++i) server.ask("/process1", small_picture());
    server.settle();
    server.program.signal(server.program.process(), SIGTERM);
    return joins_of(server.program, [&server] { server.settle(); });
}

std::string server_under(Flavour flavour) {
    Service server({"--workers", "3"}, sanitized(flavour), flavour);
    // One worker is stopped in the middle of a task, and another one goes through a whole one: a lock that
    // the first one takes on its way to the next task would order the two, and a race would go unseen.
    int at_work = 0;
    server.stop_at_work(at_work);  // where that comes to nothing, other criteria tell
    server.ask("/process2", small_picture());
    server.settle();
    server.freezer.thaw();
    server.settle();
    for (int i = 0; i < 12; ++i) server.ask(i % 2 == 0 ? "/process1" : "/process2", small_picture());
    server.send(bad_requests()[0].request);
    server.settle();
    server.ask("/process1", small_picture());
    server.settle();
    for (int i = 0; i < 4; ++i) server.ask("/process1", some_picture({40, 30}, 1));
    server.program.signal(server.program.process(), SIGTERM);
    return wrong_sanitized_run(server.program, server.settle());
}

std::string server_spins() {
    Service server({"--workers", "3"});
    if (server.program.settle() != Rest::standstill)
        return "with nothing to do, the server burns processor time: " + server.situation();
    const std::string problem = not_served(server);
    if (!problem.empty() || server.program.settle() == Rest::standstill) return problem;
    return "with nothing more to do, the server burns processor time: " + server.situation();
}
