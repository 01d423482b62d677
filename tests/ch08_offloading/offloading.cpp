// Chapter 8, offload_client: what a device must do that lets a server process its pictures, while the server answers
// as it should. Each test case is one criterion, run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"
#include "ch08_offloading/both.hpp"
#include "ch08_offloading/modes.hpp"
#include "support/processing_json.hpp"

#include <algorithm>

namespace {

std::string waits_before_it_computes(const std::string& mode) {
    Offloader client({.mode = mode});
    client.settle();
    if (!client.asked_for(mode)) return "the client does not ask the server for " + mode + "; " + client.situation();
    if (client.done_here(other(mode)) > 0) return "";  // what becomes of it is for other criteria
    return "stderr does not say \"local " + other(mode) + " done\"; " + client.situation();
}

}  // namespace

TEST_CASE("computes the other function while the server holds its reply") {
    judge(in_each(mixed_modes, waits_before_it_computes),
          {.saw = "while the server held its reply, the client computed the other function, in both mixed modes",
           .expected = "before the server has answered, the client says \"local process2 done\" in mode process1, and "
                       "\"local process1 done\" in mode process2",
           .why = "a client that sends, waits, and only then works takes the sum of both times; at once they take the "
                  "longer of the two",
           .read = readme(4)});
}

namespace {

std::string computes_before_it_sends(const std::string& mode) {
    Offloader client({.mode = mode, .slowdown = "2"}, {.policy = {.hold_processor_clocks = true}});
    client.settle();
    const std::vector<Held> looks = client.looks();
    if (!looks.empty()) {
        client.program.stage().show(looks.front(), Nanoseconds{});
        client.settle();  // until it looks again: the function is computed, what --slowdown adds is not
    }
    if (client.done_here(other(mode)) > 0)
        return "the client says \"local " + other(mode) + " done\", and Work::here has not finished it";
    if (client.asked_for(mode)) return "";
    if (client.looks().empty())
        return "the client neither computes the local function nor asks the server; " + client.situation();
    return "the local function was held in the middle of its work, and the client had not asked the server for " + mode;
}

}  // namespace

TEST_CASE("sends first, then computes") {
    judge(in_each(mixed_modes, computes_before_it_sends),
          {.saw = "the client asked the server while the local function was not done yet, in both mixed modes",
           .expected = "the client sends its request before its local work is done",
           .why = "a server that is asked only afterwards has been idle meanwhile, and the times add up again",
           .read = readme(4)});
}

namespace {

std::string announces_what_is_not_done(const std::string& mode) {
    const std::string local = other(mode), announced = "\"local " + local + " done\"";
    Offloader client({.mode = mode, .slowdown = "2"}, {.policy = {.hold_processor_clocks = true}});
    client.settle();
    if (client.done_here(local) > 0)
        return "the client said " + announced + " while that work was held at its beginning";
    if (client.looks().empty())
        return "the server holds its reply, and the client does not compute " + local + "; " + client.situation();
    if (local_costs(client).size() != 1)
        return "the client computed " + local + ", and does not say " + announced + "; " + client.situation();
    client.serve_all();
    if (client.looks().empty()) return "";
    return "the client said " + announced + " before the server's reply, and went on computing after it";
}

}  // namespace

TEST_CASE("what is announced as done is done") {
    judge(
        in_each(mixed_modes, announces_what_is_not_done),
        {.saw =
             "the client announced the local function when its work was over, and computed nothing after the server's "
             "reply",
         .expected = "the client computes the local function while the server has the other one, and then announces it",
         .why = "announcing that work is done does not do it",
         .read = readme(4)});
}

namespace {

std::string sends_in_mode_none() {
    constexpr int samples = 257;
    Offloader client({.mode = "none", .samples = samples, .size = {1, 1}});
    const Rest rest = client.settle();
    if (client.world.connections() > 0) return "the client asked the server; " + client.situation();
    const std::string problem = client.wrong_finish(rest, {client.right("none")});
    const std::size_t first = client.done_here("process1"), second = client.done_here("process2");
    if (!problem.empty() || (first == samples && second == samples)) return problem;
    return "in " + std::to_string(samples) + " samples the client computed process1 " +
           counted(first, "time", "times") + " and process2 " + counted(second, "time", "times");
}

}  // namespace

TEST_CASE("mode none sends nothing") {
    judge(sends_in_mode_none(), {.saw = "the client computed both functions, and asked no server",
                                 .expected = "the client makes no connection to the server, and prints both results",
                                 .why = "all other modes are compared with this one",
                                 .read = readme(4)});
}

namespace {

// The reply to `first` comes before the other one.
std::string not_both_at_once(const std::string& first) {
    Offloader client({.mode = "both"});
    client.settle();
    if (!client.asked_for("process1") || !client.asked_for("process2"))
        return counted(client.world.in_flight().size(), "request is", "requests are") +
               " in flight: " + client.situation();
    if (client.done_here("process1") + client.done_here("process2") > 0)
        return "the client sent both, and computed one of them as well";
    Rest rest = client.answer(*client.asked_for(first));
    if (const auto second = client.asked_for(other(first))) rest = client.answer(*second);
    return client.wrong_finish(rest, {client.right("both")});
}

}  // namespace

TEST_CASE("mode both has two requests in flight at once") {
    std::string problem = not_both_at_once("process1");
    if (problem.empty()) problem = not_both_at_once("process2");
    judge(problem, {.saw = "both requests were in flight before either was answered; they were answered in both orders",
                    .expected = "the client sends the second request before the first is answered",
                    .why = "if one call waits for the other, the client waits twice, and half of the server is idle",
                    .read = readme(4)});
}

namespace {

std::string wrong_request(const HttpRequest& request, const Picture& whole) {
    const std::string to = "a request to " + request.path;
    if (request.method != "POST") return to + " is a " + request.method;
    if (request.body != request_of(request.path == "/process1" ? small_grey(whole) : whole))
        return to + " holds the wrong picture";
    if (request.head.find("Bearer sesame") == std::string::npos) return to + " comes without the token";
    return "";
}

std::vector<Line> right_in_all_modes(const Offloader& client) {
    std::vector<Line> lines;
    for (const char* mode : {"none", "process1", "process2", "both"}) lines.push_back(client.right(mode));
    return lines;
}

std::string sends_something_else() {
    Offloader client({.mode = "all", .samples = 2, .size = {600, 90}, .more = {"--token", "sesame"}, .equals = true});
    std::string problem = client.wrong_finish(client.serve_all(), right_in_all_modes(client));
    Words asked;
    const Picture whole = read_picture(client.picture.shared().outside.string());
    for (const HttpRequest& request : client.world.requests()) {
        asked.push_back(request.path);
        if (problem.empty()) problem = wrong_request(request, whole);
    }
    if (!problem.empty()) return problem;
    // Of mode both, either may come first.
    const auto count = [&](const char* path) { return std::count(asked.begin(), asked.end(), path); };
    const auto times = [](auto number) { return counted(static_cast<std::size_t>(number), "time", "times"); };
    if (asked.size() != 8 || count("/process1") != 4 || count("/process2") != 4)
        return "in 4 modes of 2 samples each, the client asked for process1 " + times(count("/process1")) +
               " and for process2 " + times(count("/process2")) + "; it should ask 4 times for each";
    for (std::size_t i = 0; i < 4; ++i)
        if (asked[i] != (i < 2 ? "/process1" : "/process2"))
            return "in modes process1 and process2, request " + std::to_string(i + 1) + " went to " + asked[i];
    for (const std::string function : {"process1", "process2"})
        if (client.done_here(function) != 4)
            return "the client computed " + function + " " + times(client.done_here(function)) +
                   "; it should do so 4 times";
    return "";
}

}  // namespace

TEST_CASE("sends what the mode says, and nothing else") {
    judge(
        sends_something_else(),
        {.saw = "4 modes of 2 samples each made 8 requests, each to the right address, with its picture and the token",
         .expected = "for each sample, the client makes one call for each function that the mode sends to the server",
         .why = "a mode that does more or less than its name says is measured under a wrong name",
         .read = readme(4)});
}

namespace {

std::string differs_by_mode(const Size& size) {
    Offloader client({.mode = "all", .size = size});
    const std::string problem = client.wrong_finish(client.serve_all(), right_in_all_modes(client));
    if (problem.empty()) return "";
    return "with a picture of " + std::to_string(size.width) + " x " + std::to_string(size.height) + ", " + problem;
}

}  // namespace

TEST_CASE("the result is the same in every mode") {
    std::string problem;
    for (const Size& size : {Size{48, 32}, {1, 1}, {1, 300}, {257, 1}, {500, 60}, {16'384, 110}})
        if (problem.empty()) problem = differs_by_mode(size);
    judge(problem,
          {.saw = "six pictures, from 1 x 1 to 16,384 x 110, had the same result in every mode, to the last digit",
           .expected = "the client prints the edges and the brightness of the picture, wherever they were computed",
           .why = "if a result depends on where it was computed, you cannot say which one is right",
           .read = readme(5)});
}

namespace {

std::string drops_a_result(const std::string& mode) {
    Offloader client({.mode = mode});
    Rest rest = client.settle();
    for (const std::string& function : sent_in(mode))
        if (const auto request = client.asked_for(function)) rest = client.answer(*request, odd_reply(function));
    const std::string problem = client.wrong_finish(rest, {odd_line(client, mode, sent_in(mode))});
    if (!problem.empty()) return problem;
    for (const std::string& function : sent_in(mode))
        if (client.done_here(function) > 0)
            return "the server answered " + function + ", and the client computed it as well";
    return "";
}

}  // namespace

TEST_CASE("takes the server's result for what it sent there") {
    judge(in_each(sending_modes, drops_a_result),
          {.saw = "the server answered with numbers of its own, and the client printed them",
           .expected = "the client prints the number in the server's reply, for each function that it sent there",
           .why = "a call whose answer is not used costs its time and saves none",
           .read = readme(5)});
}

namespace {

std::string uses_a_result_too_early(const std::string& mode) {
    Offloader client({.mode = mode});
    Rest rest = client.settle();
    for (const std::string& function : sent_in(mode)) {
        if (rest == Rest::ended || !client.program.lines().empty())
            return "the server still holds its reply to " + function + ", and " +
                   (rest == Rest::ended ? "the program has ended"
                                        : "the client has printed " + in_quotes(client.program.lines()[0]));
        const auto request = client.asked_for(function);
        rest = request ? client.answer(*request, odd_reply(function)) : rest;
    }
    return client.wrong_finish(rest, {odd_line(client, mode, sent_in(mode))});
}

}  // namespace

TEST_CASE("joins before it uses a result") {
    judge(in_each(sending_modes, uses_a_result_too_early),
          {.saw = "the server answered late: the client printed nothing until then, and the right result afterwards",
           .expected = "the client uses no result before the call that brings it has come back",
           .why = "until a thread has been joined, you cannot know whether it has written its result",
           .read = readme(5)});
}

Joins client_joins() {
    Joins joins;
    for (const std::string mode : {"both", "process1", "process2"}) {
        Offloader client({.mode = mode, .samples = 2}, {.policy = {.hold_ends = true}});
        const Joins now = joins_of(client.program, [&client] { client.serve_all(); });
        if (!now.problem.empty()) return {"mode " + mode + ": " + now.problem};
        joins.joined += now.joined;
    }
    return joins;
}

std::string client_under(Flavour flavour) {
    for (const bool sound : {true, false}) {
        Offloader client({.mode = "all", .size = {24, 16}}, sanitized(flavour), flavour);
        client.world.serve([sound](World& server, const HttpRequest& request) {
            server.answer(request, 200, sound ? right_reply(request) : "nonsense");
        });
        const std::string problem = wrong_sanitized_run(client.program, client.settle());
        if (!problem.empty()) return problem;
    }
    return "";
}

std::string client_spins() {
    return in_each({"process1", "both"}, [](const std::string& mode) -> std::string {
        Offloader client({.mode = mode, .size = {8, 8}});
        if (client.program.settle() != Rest::spinning) return "";
        return "while the server holds its reply, the client burns processor time: " + client.situation();
    });
}
