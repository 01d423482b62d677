// Chapter 6: how pictures are asked for, and what becomes of those that do not come. Each test case is one criterion,
// run by itself, for the program that ./kit grade names; points are in chapter.json.
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <tuple>

#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch06_images/thumbnailer.hpp"
#include "support/encode.hpp"

namespace {

using namespace std::chrono_literals;

// Each time all pictures that are held are sent, or the last one alone.
std::string wrong_number_in_flight(int connections, std::size_t pictures, bool together) {
    Thumbnailer program({.pictures = pictures, .connections = connections});
    const std::string flag = (together ? "" : "when one picture came at a time, ") +
                             std::string("with --connections ") + std::to_string(connections);
    Rest rest = program.settle();
    for (std::size_t left = pictures; left > 0;) {
        std::vector<HttpRequest> now = program.held();
        if (now.size() != std::min(static_cast<std::size_t>(connections), left))
            return flag + ", while " + counted(left, "picture is", "pictures are") + " not downloaded yet, " +
                   program.situation();
        if (!together) now.erase(now.begin(), now.end() - 1);
        for (const HttpRequest& request : now) program.send(request);
        left -= now.size();
        rest = program.settle();
    }
    if (program.world.most_in_flight() > static_cast<std::size_t>(connections))
        return flag + ", the program had " + counted(program.world.most_in_flight(), "request", "requests") +
               " in flight at one moment";
    return program.wrong_album(rest);
}

}  // namespace

TEST_CASE("keeps --connections downloads in flight, neither more nor fewer") {
    std::string problem;
    for (const auto& [connections, pictures, together] : std::vector<std::tuple<int, std::size_t, bool>>{
             {1, 3, true}, {2, 7, false}, {7, 12, true}, {5, 14, false}, {7, 3, true}, {64, 65, true}})
        if (problem.empty()) problem = wrong_number_in_flight(connections, pictures, together);
    judge(
        problem,
        {.saw =
             "with 1 to 64 connections, and pictures that came together or one at a time, the program kept that many "
             "downloads in flight while pictures remained",
         .expected = "the program keeps as many downloads in flight as there are connections, or all that remain if "
                     "these are fewer",
         .why = "with fewer downloads the network is idle part of the time; a client with more is one that hosts turn "
                "away",
         .read = readme_of(2, 2, 6)});
}

namespace {

// The host refuses picture 2 for so long, by this header, and holds the others until a thread pauses.
std::string does_not_pause(const std::string& header, std::chrono::seconds pause) {
    Thumbnailer program({.pictures = 5, .connections = 3});
    program.held_pauses = pause;
    program.serve([&](std::size_t number, const HttpRequest& request) {
        if (number == 1 && is_processes()) return program.send(request);
        if (number != 2 || program.times_asked(2) > 1) return;
        program.world.send(request, "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n" + header + ": " +
                                        std::to_string(pause.count()) + "\r\n\r\n");
        program.world.finish(request);
    });
    program.settle();
    const std::string asked =
        "after the host had refused a picture with 429 and '" + header + ": " + std::to_string(pause.count()) + "', ";
    const std::vector<Held> pausing = program.pausing(pause);
    if (program.times_asked(2) > 1) return asked + "the program asked for it again before that time was over";
    if (pausing.size() != 1) return asked + "no thread sleeps that long: " + program.situation();
    if (pausing.front().asked > 30s) return asked + "a thread sleeps for " + in_words(pausing.front().asked);
    program.serve_all();
    for (const std::size_t other : {1, 3, 4, 5}) {
        if (is_processes() && other > 2) continue;  // main alone downloads, and it pauses
        if (const std::string wrong = program.wrong_thumbnail(other); !wrong.empty())
            return wrong +
                   ", while the program waited to ask for another picture again, which the host had refused with "
                   "429; " +
                   program.situation();
    }
    program.held_pauses = {};
    return program.wrong_album(program.settle());
}

}  // namespace

TEST_CASE("pauses as long as the host asks, while others go on") {
    std::string problem = does_not_pause("Retry-After", 17s);
    if (problem.empty()) problem = does_not_pause("x-ratelimit-userreset", 11s);
    judge(problem,
          {.saw = "the host refused a picture for 17 s, and another one for 11 s: each was asked for again after "
                  "that pause, and the others went on meanwhile",
           .expected = "the program pauses as long as the host says before it asks for that picture again; no "
                       "other work waits for that pause",
           .why = "a host that is asked again at once refuses again at once, and may block the client",
           .read = readme(8)});
}

namespace {

std::string wrong_tries() {
    Thumbnailer program({.pictures = 6, .connections = 3});
    program.serve([&](std::size_t number, const HttpRequest& request) {
        World& host = program.world;
        const bool first = program.times_asked(number) == 1;
        if (number == 1) return host.answer(request, 500);
        if (number == 2 && first) return host.answer(request, 429);
        if (number == 4) return host.answer(request, 404);
        if (number == 5) return host.answer(request, 200, "<html>over capacity</html>");
        if (number != 3 || !first) return program.send(request);
        host.send(request, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc");
        host.reset(request);
    });
    const Rest rest = program.settle();
    const auto tries = [&](std::size_t number, const std::string& answer, std::size_t least, std::size_t most) {
        const std::size_t asked = program.times_asked(number);
        if (asked >= least && asked <= most) return std::string();
        return "the program asked " + counted(asked, "time", "times") + " for a picture that " + answer;
    };
    for (const std::string& wrong :
         {program.wrong_album(rest, {1, 4, 5}), tries(1, "was answered with 500 each time", 4, 4),
          tries(2, "was answered with 429 once", 2, 2), tries(3, "broke off once", 2, 2),
          tries(4, "was answered with 404", 1, 1), tries(5, "was an HTML page", 1, 1)})
        if (!wrong.empty()) return wrong;
    return "";
}

}  // namespace

TEST_CASE("tries again where that helps, three times at most") {
    judge(wrong_tries(),
          {.saw = "the program sent 4 requests where the host answered 500 each time, 2 after one 429 and "
                  "after one broken connection, and 1 for a 404 and for a page in place of a picture",
           .expected = "the program tries up to three more times after 429, 5xx and a broken connection, "
                       "and not again after anything else",
           .why = "a busy host may be free a moment later; a picture that does not exist will not exist "
                  "then either",
           .read = readme(8)});
}

namespace {

// It promises more pixels than any machine has memory for.
std::string huge_header() {
    std::string png = png_of({1, 1, 1, {0}});
    constexpr std::size_t width = 16, height = 20;  // where they are: 4 bytes each
    for (const std::size_t at : {width, height}) png.replace(at, 4, std::string("\0\0\xfd\xe8", 4));
    constexpr std::size_t chunk = 12, size = 17;  // what the checksum after it covers
    const unsigned long sum = crc32(0, reinterpret_cast<const unsigned char*>(png.data() + chunk), size);
    for (std::size_t i = 0; i < 4; ++i) png[chunk + size + i] = static_cast<char>(sum >> (24 - 8 * i));
    return png;
}

std::string spoils_others() {
    const std::string outside = "/i/..%2F..%2Fx.png", twice = "/j/p1.png";
    Thumbnailer program({.pictures = 9, .connections = 9, .strange = {outside, twice}});
    program.serve([&](std::size_t number, const HttpRequest& request) {
        const std::string picture = png_of(picture_of(number));
        switch (number) {
            case 2: return program.world.answer(request, 404, "not here");
            case 3: return program.world.answer(request, 200, "");
            case 5: return program.world.answer(request, 200, "<html>over capacity</html>");
            case 6: return program.world.answer(request, 200, picture.substr(0, picture.size() / 2));
            case 7: return program.world.answer(request, 200, huge_header());
            default: return program.send(request);
        }
    });
    const Rest rest = program.settle();
    for (const HttpRequest& request : program.world.requests())
        if (request.path == outside) return "the program asked for a picture whose name leads out of the folder";
    return program.wrong_album(rest, {2, 3, 5, 6, 7});
}

}  // namespace

TEST_CASE("tells each failure alone, and exits 1") {
    judge(
        standing::each_failure_alone,
        {.problem = spoils_others(),
         .saw = "404, an empty picture, an HTML page, half a picture, one of 65,000 x 65,000 pixels, a name that "
                "leads out of the folder, and a name that came twice each got a line; there were four thumbnails, and "
                "exit code 1",
         .read = readme_of(3, 5, 7),
         .form = "NAME: failed: WHY for each failure, and "});
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
               : "the host said '" + words + "', and the program says on stderr " + in_quotes(program.program.errors());
}

}  // namespace

TEST_CASE("a host that says no is told in its own words") {
    std::string problem =
        hides_refusal(404, R"({"data":{"error":"no such album","request":"/3","method":"GET"}})", "no such album");
    if (problem.empty())
        problem = hides_refusal(
            403, R"({"errors":[{"id":"1","code":"403","status":"Forbidden","detail":"who are you"}]})", "who are you");
    judge(problem,
          {.saw = "the host knew no such album, then no such client: the program repeated its words on stderr, "
                  "and exited with 1",
           .expected = "the program prints the host's message on stderr, and exits with 1",
           .why = "a person who runs the program has to know whether the album, the client's id or the host is "
                  "to blame",
           .read = readme(8)});
}
