// Chapter 8, offload_client: what a device must do that lets a server process its pictures. Each test case is
// one criterion, run by itself; points are in labs/labs.json.
#include "bench/catch.hpp"
#include "ch08_offloading/both.hpp"
#include "ch08_offloading/offloader.hpp"
#include "support/processing_json.hpp"
#include "support/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

namespace {

using namespace std::chrono_literals;

const std::vector<std::string> mixed_modes = {"process1", "process2"};

std::string other(const std::string& function) {
    return function == "process1" ? "process2" : "process1";
}

std::vector<std::string> sent_in(const std::string& mode) {
    if (mode == "none") return {};
    if (mode == "both") return {"process1", "process2"};
    return {mode};
}

// A result that no picture here has, so that it can only come from the server.
constexpr double odd_edges = 7.0625, odd_brightness = 301.25;

std::string odd_reply(const std::string& function) {
    return reply_of(function == "process1" ? odd_edges : odd_brightness);
}

// What is to be printed where these functions' results are the server's odd ones.
Line odd_line(const Offloader& client, const std::string& mode, const std::vector<std::string>& by_server) {
    Line line = client.right(mode);
    for (const std::string& function : by_server)
        (function == "process1" ? line.edges : line.brightness) = function == "process1" ? odd_edges : odd_brightness;
    return line;
}

// Of a client whose calls have all failed: why that did cost it something, or "".
std::string cost_of_failure(Offloader& client, const std::string& mode, Rest rest) {
    std::string problem = client.wrong_finish(rest, {client.right(mode)});
    for (const std::string& function : sent_in(mode))
        if (problem.empty() && client.done_here(function) == 0)
            problem = function + " was never computed locally: there is no \"local " + function + " done\" on stderr";
    if (problem.empty() && client.complaints().empty()) problem = "nothing on stderr says that the server failed";
    return problem;
}

std::string in_mode(const std::string& mode, const std::string& problem) {
    return problem.empty() ? "" : "mode " + mode + ": " + problem;
}

// The processor time that passed between the beginning of a local function's work and its announcement.
struct Cost {
    std::string function;
    Nanoseconds time{};
};

// Of a client whose processor's clocks are held: lets it compute, by clocks on which a function itself takes a
// second, and on which so much time passes between two further looks.
std::vector<Cost> local_costs(Offloader& client, Nanoseconds between_looks = Nanoseconds(1s) / 16) {
    constexpr int most_looks = 500;
    std::vector<Cost> costs;
    std::map<pid_t, Nanoseconds> clocks;  // of those at work
    std::map<std::string, std::size_t> done;
    client.settle();
    for (int looks = 0; looks < most_looks && !client.looks().empty(); ++looks) {
        const Held look = client.looks().front();
        const auto [own, first] = clocks.try_emplace(look.thread, 0s);
        if (!first) own->second += own->second == 0s ? Nanoseconds(1s) : between_looks;
        const Nanoseconds time = own->second;
        client.program.stage().show(look, time);
        client.settle();
        for (const std::string function : {"process1", "process2"}) {
            if (client.done_here(function) == std::exchange(done[function], client.done_here(function))) continue;
            costs.push_back({function, time});
            clocks.erase(look.thread);  // its next look is the beginning of other work
        }
    }
    return costs;
}

}  // namespace

TEST_CASE("computes the other function while the server holds its reply") {
    std::string problem;
    for (const std::string& mode : mixed_modes) {
        Offloader client({.mode = mode});
        client.settle();
        if (!client.asked_for(mode)) problem = "the server is not asked for " + mode;
        else if (client.done_here(other(mode)) == 0) problem = "no \"local " + other(mode) + " done\" on stderr";
        if (problem.empty()) continue;  // what becomes of it is for other criteria
        problem += "; " + client.situation();
        break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "while the server held its reply, the other function was computed locally, in both mixed modes"
                      : problem,
           .expected = "in mode process1 \"local process2 done\" before the server has answered, in mode process2 "
                       "\"local process1 done\"",
           .why = "who sends, waits, and then does its own work takes the sum of both times; together they take the "
                  "longer one",
           .read = readme(4)});
}

TEST_CASE("sends first, then computes") {
    std::string problem;
    for (const std::string& mode : mixed_modes) {
        Offloader client({.mode = mode, .slowdown = "2", .setting = {.policy = {.hold_processor_clocks = true}}});
        client.settle();
        const std::vector<Held> looks = client.looks();
        if (!looks.empty()) {
            client.program.stage().show(looks.front(), 0s);
            client.settle();  // until it looks again: the function is computed, what --slowdown adds is not
        }
        const bool at_work = !client.looks().empty(), asked = client.asked_for(mode).has_value();
        if (client.done_here(other(mode)) > 0)
            problem = "there is \"local " + other(mode) + " done\", and Work::here is not through with it";
        else if (!asked && at_work)
            problem =
                "the local function was held in the middle of its work, and the server has not been asked for " + mode;
        else if (!asked) problem = "the local function is not computed, nor is the server asked; " + client.situation();
        problem = in_mode(mode, problem);
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "the server was asked while the local function was not done yet, in both mixed modes"
                      : problem,
           .expected = "the request on its way before the local work is done",
           .why = "a server that is asked only afterwards has been idle all the while, and the times add up again",
           .read = readme(4)});
}

TEST_CASE("what is announced as done is done") {
    std::string problem;
    for (const std::string& mode : mixed_modes) {
        const std::string local = other(mode), announced = "\"local " + local + " done\"";
        Offloader client({.mode = mode, .slowdown = "2", .setting = {.policy = {.hold_processor_clocks = true}}});
        client.settle();
        if (client.done_here(local) > 0) problem = announced + " was there, and its work was held at the beginning";
        else if (client.looks().empty())
            problem = "the server holds its reply, and " + local + " is not computed; " + client.situation();
        else if (local_costs(client).size() != 1)
            problem = local + " was computed, and there is no " + announced + "; " + client.situation();
        if (problem.empty()) {
            client.serve_all();
            if (!client.looks().empty())
                problem = announced + " was there before the server's reply, and somebody computes after it";
        }
        problem = in_mode(mode, problem);
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "the local function was announced when its work was over, and nothing was computed "
                                    "after the server's reply"
                                  : problem,
           .expected = "the local function computed while the server has the other one, then announced",
           .why = "to announce that work is done does not do it",
           .read = readme(4)});
}

TEST_CASE("mode none sends nothing") {
    constexpr int samples = 257;
    Offloader client({.mode = "none", .samples = samples, .size = {1, 1}});
    const Rest rest = client.settle();
    std::string problem;
    if (client.world.connections() > 0) problem = "the server was asked; " + client.situation();
    else problem = client.wrong_finish(rest, {client.right("none")});
    if (problem.empty() && (client.done_here("process1") != samples || client.done_here("process2") != samples))
        problem = "of " + std::to_string(samples) + " samples, process1 was computed " +
                  std::to_string(client.done_here("process1")) + " times and process2 " +
                  std::to_string(client.done_here("process2")) + " times";
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "both functions were computed locally, and nobody was asked" : problem,
           .expected = "no connection to the server, and both results",
           .why = "this mode is what all others are compared with",
           .read = readme(4)});
}

TEST_CASE("mode both has two requests in flight at once") {
    std::string problem;
    for (const std::string first : {"process1", "process2"}) {
        Offloader client({.mode = "both"});
        client.settle();
        if (!client.asked_for("process1") || !client.asked_for("process2")) {
            problem = client.situation();
            break;
        }
        if (client.done_here("process1") + client.done_here("process2") > 0)
            problem = "both were sent, and one is computed locally as well";
        Rest rest = client.answer(*client.asked_for(first));
        if (const auto second = client.asked_for(other(first))) rest = client.answer(*second);
        if (problem.empty()) problem = client.wrong_finish(rest, {client.right("both")});
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "both requests were in flight before either was answered; they were answered in both orders"
                      : problem,
           .expected = "the second request sent before the first is answered",
           .why = "two calls that wait for each other cost two waits, and leave half of the server idle",
           .read = readme(4)});
}

TEST_CASE("sends what the mode says, and nothing else") {
    Offloader client({.mode = "all", .samples = 2, .size = {600, 90}, .more = {"--token", "sesame"}, .equals = true});
    const Rest rest = client.serve_all();
    std::vector<Line> expected;
    for (const char* mode : {"none", "process1", "process2", "both"}) expected.push_back(client.right(mode));
    std::string problem = client.wrong_finish(rest, expected);
    std::vector<std::string> asked;
    const Picture whole = read_picture(client.picture.shared().outside.string());
    for (const HttpRequest& request : client.world.requests()) {
        asked.push_back(request.path);
        const std::string right = request_of(request.path == "/process1" ? small_grey(whole) : whole);
        if (problem.empty() && request.method != "POST")
            problem = "a request to " + request.path + " is a " + request.method;
        if (problem.empty() && request.body != right)
            problem = "a request to " + request.path + " holds another picture than it should";
        if (problem.empty() && request.head.find("Bearer sesame") == std::string::npos)
            problem = "a request to " + request.path + " comes without the token";
    }
    // Of mode both, either may come first.
    const auto count = [&](const char* path) { return std::count(asked.begin(), asked.end(), path); };
    if (problem.empty() && (asked.size() != 8 || count("/process1") != 4 || count("/process2") != 4))
        problem = "of 4 modes with 2 samples each, process1 was asked for " + std::to_string(count("/process1")) +
                  " times and process2 " + std::to_string(count("/process2")) + " times; 4 and 4 are right";
    for (std::size_t i = 0; problem.empty() && i < 4; ++i)
        if (asked[i] != (i < 2 ? "/process1" : "/process2"))
            problem = "in modes process1 and process2, request " + std::to_string(i + 1) + " was to " + asked[i];
    for (const char* function : {"process1", "process2"})
        if (problem.empty() && client.done_here(function) != 4)
            problem = std::string(function) + " was computed locally " + std::to_string(client.done_here(function)) +
                      " times; 4 are right";
    judge({.holds = problem.empty(),
           .saw =
               problem.empty()
                   ? "4 modes, 2 samples of each: 8 requests, each to the right address, with its picture and the token"
                   : problem,
           .expected = "a call of the server for each function that the mode sends there, once for each sample",
           .why = "a mode that does more or less than its name says is measured under a wrong name",
           .read = readme(5)});
}

TEST_CASE("the result is the same in every mode") {
    std::string problem;
    for (const Size& size : {Size{48, 32}, {1, 1}, {1, 300}, {257, 1}, {500, 60}, {16'384, 110}}) {
        Offloader client({.mode = "all", .size = size});
        const Rest rest = client.serve_all();
        std::vector<Line> expected;
        for (const char* mode : {"none", "process1", "process2", "both"}) expected.push_back(client.right(mode));
        problem = client.wrong_finish(rest, expected);
        if (problem.empty()) continue;
        problem = "a picture of " + std::to_string(size.width) + " x " + std::to_string(size.height) + ": " + problem;
        break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "six pictures, from 1 x 1 to 16,384 x 110: in every mode the same result, to the last digit"
                      : problem,
           .expected = "edges and brightness of the picture, whoever computed them",
           .why = "where a result depends on who computed it, nobody can say which one is right",
           .read = readme(5)});
}

TEST_CASE("takes the server's result for what it sent there") {
    std::string problem;
    for (const std::string mode : {"process1", "process2", "both"}) {
        Offloader client({.mode = mode});
        Rest rest = client.settle();
        for (const std::string& function : sent_in(mode))
            if (const auto request = client.asked_for(function)) rest = client.answer(*request, odd_reply(function));
        problem = in_mode(mode, client.wrong_finish(rest, {odd_line(client, mode, sent_in(mode))}));
        for (const std::string& function : sent_in(mode))
            if (problem.empty() && client.done_here(function) > 0)
                problem = in_mode(mode, function + " was answered by the server, and computed locally as well");
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "the server answered with numbers of its own, and those were printed" : problem,
           .expected = "the number in the server's reply, for each function that was sent there",
           .why = "a call whose answer nobody uses costs its time and saves none",
           .read = readme(5)});
}

TEST_CASE("joins before it uses a result") {
    std::string problem;
    for (const std::string mode : {"process1", "process2", "both"}) {
        Offloader client({.mode = mode});
        Rest rest = client.settle();
        for (const std::string& function : sent_in(mode)) {
            if (rest == Rest::ended || !client.program.lines().empty())
                problem = "the server still holds its reply to " + function + ", and " +
                          (rest == Rest::ended ? "the program has ended"
                                               : "there is " + in_quotes(client.program.lines()[0]));
            if (!problem.empty()) break;
            const auto request = client.asked_for(function);
            rest = request ? client.answer(*request, odd_reply(function)) : rest;
        }
        if (problem.empty()) problem = client.wrong_finish(rest, {odd_line(client, mode, sent_in(mode))});
        problem = in_mode(mode, problem);
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "the server answered late: until then nothing was printed, then the right result"
                                  : problem,
           .expected = "no result before every call that it needs has come back",
           .why = "until a thread has been joined, nobody knows whether it has written its result",
           .read = readme(5)});
}

TEST_CASE("a server that is away costs no result") {
    std::string problem;
    for (const std::string mode : {"process1", "process2", "both"}) {
        Offloader client({.mode = mode, .samples = 2, .away = true});
        problem = in_mode(mode, cost_of_failure(client, mode, client.settle()));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "nobody listened: told on stderr, computed locally, exit code 0" : problem,
           .expected = "a line on stderr, the right result, exit code 0",
           .why = "the device can compute everything itself: a server only makes it faster",
           .read = readme(6)});
}

TEST_CASE("a server that is too slow costs no result") {
    std::string problem;
    for (const std::string mode : {"process1", "both"}) {
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
        problem = in_mode(mode, cost_of_failure(client, mode, rest));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "the server did not answer within --timeout: told on stderr, computed locally, exit code 0"
                      : problem,
           .expected = "when the time-out is over, a line on stderr and the right result, exit code 0",
           .why = "to wait for ever is the one answer that is certainly too late",
           .read = readme(6)});
}

TEST_CASE("an answer that breaks off or makes no sense costs no result") {
    const auto with_length = [](const std::string& body, std::size_t length) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" + body;
    };
    struct Failure {
        std::string what, bytes;
        bool breaks = false;
    };
    const std::vector<Failure> failures = {
        {"hangs up without a word", ""},
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
    std::string problem;
    for (std::size_t i = 0; i < failures.size() && problem.empty(); ++i) {
        const std::string mode = std::vector<std::string>{"process1", "process2", "both"}[i % 3];
        Offloader client({.mode = mode});
        client.world.serve([&](World& server, const HttpRequest& request) {
            server.send(request, failures[i].bytes);
            if (failures[i].breaks) server.reset(request);
            else server.finish(request);
        });
        problem = in_mode(mode, cost_of_failure(client, mode, client.settle()));
        if (!problem.empty()) problem = "the server " + failures[i].what + "; " + problem;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? std::to_string(failures.size()) +
                                        " ways to fail: each told on stderr, computed locally, exit code 0"
                                  : problem,
           .expected = "a line on stderr, the right result, exit code 0",
           .why = "what comes over a network is anybody's: believe it when you have looked at it",
           .read = readme(6)});
}

TEST_CASE("a call that fails spoils no other") {
    std::string problem;
    for (const std::string failing : {"process1", "process2"}) {
        for (const bool fails_first : {true, false}) {
            Offloader client({.mode = "both"});
            Rest rest = client.settle();
            for (const bool turn : {fails_first, !fails_first}) {
                const std::string function = turn ? failing : other(failing);
                const auto request = client.asked_for(function);
                if (!request) problem = "the server is not asked for " + function + "; " + client.situation();
                if (!problem.empty()) break;
                if (turn) {
                    client.world.answer(*request, 503, "{\"error\": \"come back later\"}");
                    rest = client.settle();
                } else {
                    rest = client.answer(*request, odd_reply(function));
                }
            }
            if (problem.empty()) problem = client.wrong_finish(rest, {odd_line(client, "both", {other(failing)})});
            if (problem.empty() && client.complaints().empty())
                problem = "nothing on stderr says that the server failed";
            if (problem.empty()) continue;
            problem = "the call for " + failing + " failed: " + problem;
            break;
        }
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "one call failed and was made up for locally, the other's result was the server's"
                                  : problem,
           .expected = "the function that failed computed locally, the other one as the server says",
           .why = "what can fail alone fails alone",
           .read = readme(6)});
}

TEST_CASE("statistics follow from the samples") {
    // The clock is the grader's: each sample takes exactly as long as it lets pass.
    std::string problem;
    const std::vector<std::vector<double>> runs = {{1.5, 0.25, 3, 0.125}, {2.5}};
    for (const std::vector<double>& seconds : runs) {
        Offloader client({.mode = "process1",
                          .samples = static_cast<int>(seconds.size()),
                          .setting = {.policy = {.one_clock = true}}});
        Rest rest = client.settle();
        for (const double duration : seconds) {
            const auto request = client.asked_for("process1");
            if (!request) break;
            client.program.stage().pass(
                std::chrono::duration_cast<Nanoseconds>(std::chrono::duration<double>(duration)));
            rest = client.answer(*request);
        }
        problem = client.wrong_finish(rest, {client.right("process1")});
        if (!problem.empty()) break;
        const Row row = client.table()->front();
        const auto off = [](double saw, double right) { return std::abs(saw - right) > 1e-4 + 1e-3 * right; };
        char text[300] = "";
        if (row.mode != "process1" || row.samples != static_cast<int>(seconds.size()) || off(row.mean, mean(seconds)) ||
            off(row.deviation, deviation(seconds)))
            std::snprintf(text, sizeof text,
                          "the row is %s,%d,%g,%g, and process1,%zu,%g,%g is right: the samples took %s",
                          row.mode.c_str(), row.samples, row.mean, row.deviation, seconds.size(), mean(seconds),
                          deviation(seconds), seconds.size() == 1 ? "2.5 s" : "1.5, 0.25, 3 and 0.125 s");
        problem = text;
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw =
               problem.empty() ? "4 samples of known length, and 1: their mean and sample standard deviation" : problem,
           .expected = "the mean of the samples, and their deviation from it: the squares' sum divided by one less "
                       "than there are samples, 0 for one sample",
           .why = "a mean without its deviation does not say whether two modes differ, or only their samples",
           .read = readme(5)});
}

TEST_CASE("slowdown multiplies the local work") {
    std::string problem;
    for (const auto& [slowdown, right] :
         std::map<std::string, Nanoseconds>{{"1", 1s}, {"3.5", 3500ms}, {"1000", 1000s}}) {
        const Nanoseconds between_looks = right / 56;
        const Nanoseconds looking = 8 * between_looks;  // a thread that burns may look a few times more than it has to
        Offloader client(
            {.mode = "none", .slowdown = slowdown, .setting = {.policy = {.hold_processor_clocks = true}}});
        const std::vector<Cost> costs = local_costs(client, between_looks);
        for (const std::string function : {"process1", "process2"}) {
            const auto cost =
                std::find_if(costs.begin(), costs.end(), [&](const Cost& each) { return each.function == function; });
            if (cost == costs.end()) problem = function + " was not computed by Work::here; " + client.situation();
            else if (cost->time < right || cost->time > right + looking)
                problem =
                    function + " took 1 s of processor time, and was done after " + in_words(cost->time) + " of it";
            if (!problem.empty()) break;
        }
        if (problem.empty()) continue;
        problem = "with --slowdown " + slowdown + ", " + problem;
        break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "the grader set the processor's clock: what took 1 s of it was done after 1 s, "
                                    "with --slowdown 3.5 after 3.5 s, with 1000 after 1000 s"
                                  : problem,
           .expected = "each local function to cost F times the processor time that it takes itself",
           .why = "the device of the story is a small one: what it computes itself takes it longer",
           .read = readme(5)});
}

std::string client_leaves_threads() {
    for (const std::string mode : {"both", "process1", "process2"}) {
        Offloader client({.mode = mode, .samples = 2, .setting = {.policy = {.hold_ends = true}}});
        std::size_t joined = 0;
        const auto run = [&client] { client.serve_all(); };
        const std::string problem = wrong_joins(client.program, run, joined);
        if (!problem.empty()) return in_mode(mode, problem);
    }
    return "";
}

std::string client_under(Flavour flavour) {
    for (const bool sound : {true, false}) {
        Offloader client({.mode = "all", .size = {24, 16}, .setting = sanitized(flavour), .flavour = flavour});
        client.world.serve([sound](World& server, const HttpRequest& request) {
            server.answer(request, 200, sound ? right_reply(request) : "nonsense");
        });
        const std::string problem = wrong_sanitized_run(client.program, client.settle());
        if (!problem.empty()) return problem;
    }
    return "";
}

std::string client_spins() {
    for (const std::string mode : {"process1", "both"}) {
        Offloader client({.mode = mode, .size = {8, 8}});
        if (client.program.settle() == Rest::spinning)
            return in_mode(mode,
                           "the server holds its reply, and somebody burns processor time: " + client.situation());
    }
    return "";
}
