// Chapter 6, thumbnails_threads: threads download, main resizes. Each test case is one criterion, run by itself; points
// are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch06_images/thumbnailer.hpp"

#include <algorithm>

namespace {

// All that are held are sent together, again and again.
std::string wrong_number_in_flight(int connections, std::size_t pictures) {
    Thumbnailer program({.pictures = pictures, .connections = connections});
    const std::string flag = "with --connections " + std::to_string(connections);
    Rest rest = program.settle();
    for (std::size_t left = pictures; left > 0;) {
        const std::vector<HttpRequest> now = program.held();
        if (now.size() != std::min(static_cast<std::size_t>(connections), left))
            return flag + ", while " + counted(left, "picture is", "pictures are") +
                   " not downloaded yet: " + program.situation();
        for (const HttpRequest& request : now) program.send(request);
        left -= now.size();
        rest = program.settle();
    }
    if (program.world.most_in_flight() > static_cast<std::size_t>(connections))
        return flag + ", for a moment " + std::to_string(program.world.most_in_flight()) + " requests were in flight";
    return program.wrong_album(rest);
}

}  // namespace

TEST_CASE("downloads by threads of its own") {
    Thumbnailer program({.pictures = 4, .connections = 2});
    program.settle();
    std::string problem;
    if (program.held().size() < 2) problem = program.situation();
    else if (program.program.tasks().size() < 3) problem = "no thread beside main: " + program.situation();
    judge(problem, {.saw = "two pictures on their way at once, by two threads beside main",
                    .expected = "threads that download while main waits for what they bring",
                    .why = "a download waits for its host; waits can go on at the same time, one in each thread",
                    .read = readme(2)});
}

TEST_CASE("keeps --connections downloads in flight, neither more nor fewer") {
    std::string problem;
    for (const auto& [connections, pictures] :
         std::vector<std::pair<int, std::size_t>>{{1, 3}, {2, 7}, {7, 12}, {7, 3}, {64, 65}})
        if (problem.empty()) problem = wrong_number_in_flight(connections, pictures);
    judge(problem,
          {.saw = "1, 2, 7 and 64 connections: that many downloads in flight while pictures were left",
           .expected = "as many downloads in flight as there are connections, or pictures left where they are fewer",
           .why = "fewer leave time unused; more is what a host turns clients away for",
           .read = readme(2)});
}

TEST_CASE("every picture becomes its thumbnail") {
    std::string problem;
    for (const int width : {32, 1, 16'384}) {  // the last one enlarges nothing
        Thumbnailer program({.pictures = 28, .width = width});
        program.settle();
        if (problem.empty()) problem = program.wrong_album(program.serve_all());
    }
    judge(problem, {.saw = "28 pictures, 1, 32 and 16,384 pixels wide: each thumbnail of its picture, with its line",
                    .expected = "NAME.png for each picture, as wide as --width says or as the picture is",
                    .why = "a picture that is mistaken for another one is found out by nobody who looks at numbers",
                    .read = readme(3)});
}

namespace {

// Pictures come one by one, the last one first; one of them never comes until all others are there.
std::string waits_to_resize() {
    constexpr std::size_t pictures = 6;
    Thumbnailer program({.pictures = pictures, .connections = pictures});
    Rest rest = program.settle();
    for (std::size_t left = pictures; left > 0; --left) {
        const std::vector<HttpRequest> held = program.held();
        if (held.size() != left) return program.situation();
        const std::size_t number = Thumbnailer::number_of(held.back());
        program.send(held.back());
        rest = program.settle();
        const std::string wrong = program.wrong_thumbnail(number);
        const Words fresh = program.fresh_lines();
        const bool told = std::find(fresh.begin(), fresh.end(), line_of(number, 32)) != fresh.end();
        if (!wrong.empty() || !told)
            return name_of(number) + " had come, others had not, and " +
                   (wrong.empty() ? "its line was not there" : wrong) + "; " + program.situation();
    }
    return program.wrong_album(rest);
}

}  // namespace

TEST_CASE("resizes what has come while others are on their way") {
    judge(waits_to_resize(),
          {.saw = "pictures came one by one, the last one first: each thumbnail was on disk before the next one came",
           .expected = "main takes what has come, in whatever order, and resizes it at once",
           .why = "while others wait for their host, a core is free to compute",
           .read = readme(3)});
}

namespace {

std::string spoils_others() {
    Thumbnailer program({.pictures = 9, .connections = 9});
    program.settle();
    for (const HttpRequest& request : program.held()) {
        switch (Thumbnailer::number_of(request)) {
            case 2: program.world.answer(request, 404, "not here"); break;
            case 3: program.world.answer(request, 200, ""); break;
            case 5: program.world.answer(request, 200, "<html>over capacity</html>"); break;
            default: program.send(request);
        }
    }
    return program.wrong_album(program.settle(), {2, 3, 5});
}

}  // namespace

TEST_CASE("tells each failure alone, and exits 1") {
    judge(standing::each_failure_alone, {.problem = spoils_others(),
                                         .saw = "404, an empty picture and an HTML page: three lines with their "
                                                "reasons, six thumbnails, and exit code 1",
                                         .read = readme(3),
                                         .form = "NAME: failed: WHY for each of them, and "});
}

namespace {

std::string hides_refusal(int status, const std::string& body, const std::string& words) {
    Thumbnailer program({});
    program.world.serve([&](World& host, const HttpRequest& request) { host.answer(request, status, body); });
    const Rest rest = program.settle();
    const std::string wrong = program.wrong_end(rest, 1);
    if (!wrong.empty()) return wrong;
    return program.program.errors().find(words) != std::string::npos
               ? ""
               : "the host said '" + words + "', and stderr: " + in_quotes(program.program.errors());
}

}  // namespace

TEST_CASE("a host that says no is told in its own words") {
    std::string problem =
        hides_refusal(404, R"({"data":{"error":"no such album","request":"/3","method":"GET"}})", "no such album");
    if (problem.empty())
        problem = hides_refusal(
            403, R"({"errors":[{"id":"1","code":"403","status":"Forbidden","detail":"who are you"}]})", "who are you");
    judge(problem, {.saw = "no such album, and a wrong client: each told on stderr as the host said it, exit code 1",
                    .expected = "the host's message on stderr, and exit code 1",
                    .why = "whoever runs it has to know whether the album, the client or the host is to blame",
                    .read = readme(8)});
}
