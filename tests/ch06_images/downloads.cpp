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

// All that are held are sent together, again and again, or the last one alone.
std::string wrong_number_in_flight(int connections, std::size_t pictures, bool together) {
    Thumbnailer program({.pictures = pictures, .connections = connections});
    const std::string flag = (together ? "" : "when one picture came at a time, ") +
                             std::string("with --connections ") + std::to_string(connections);
    Rest rest = program.settle();
    for (std::size_t left = pictures; left > 0;) {
        std::vector<HttpRequest> now = program.held();
        if (now.size() != std::min(static_cast<std::size_t>(connections), left))
            return flag + ", while " + counted(left, "picture is", "pictures are") +
                   " not downloaded yet: " + program.situation();
        if (!together) now.erase(now.begin(), now.end() - 1);
        for (const HttpRequest& request : now) program.send(request);
        left -= now.size();
        rest = program.settle();
    }
    if (program.world.most_in_flight() > static_cast<std::size_t>(connections))
        return flag + ", for a moment " + std::to_string(program.world.most_in_flight()) + " requests were in flight";
    return program.wrong_album(rest);
}

}  // namespace

TEST_CASE("keeps --connections downloads in flight, neither more nor fewer") {
    std::string problem;
    for (const auto& [connections, pictures, together] : std::vector<std::tuple<int, std::size_t, bool>>{
             {1, 3, true}, {2, 7, false}, {7, 12, true}, {5, 14, false}, {7, 3, true}, {64, 65, true}})
        if (problem.empty()) problem = wrong_number_in_flight(connections, pictures, together);
    judge(problem,
          {.saw = "1 to 64 connections, pictures that came together and one at a time: that many downloads in flight "
                  "while pictures were left",
           .expected = "as many downloads in flight as there are connections, or pictures left where they are fewer",
           .why = "fewer leave time unused; more is what a host turns clients away for",
           .read = readme_of(2, 2, 6)});
}

namespace {

// The host refuses picture 2 for so long, by this header, and holds the others until somebody pauses.
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
        "the host refused a picture with 429 and '" + header + ": " + std::to_string(pause.count()) + "', and ";
    const std::vector<Held> pausing = program.pausing(pause);
    if (program.times_asked(2) > 1) return asked + "was asked again before that";
    if (pausing.size() != 1) return asked + "nobody waits for that long: " + program.situation();
    if (pausing.front().asked > 30s) return asked + "somebody waits for " + in_words(pausing.front().asked);
    program.serve_all();
    for (const std::size_t other : {1, 3, 4, 5}) {
        if (is_processes() && other > 2) continue;  // main alone downloads, and it pauses
        if (const std::string wrong = program.wrong_thumbnail(other); !wrong.empty())
            return asked + "meanwhile " + wrong + "; " + program.situation();
    }
    program.held_pauses = {};
    return program.wrong_album(program.settle());
}

}  // namespace

TEST_CASE("pauses as long as the host asks, while others go on") {
    std::string problem = does_not_pause("Retry-After", 17s);
    if (problem.empty()) problem = does_not_pause("x-ratelimit-userreset", 11s);
    judge(problem, {.saw = "a picture refused for 17 s, and one for 11 s: asked for again after that, and the others "
                           "went on meanwhile",
                    .expected = "the pause that the host asks for, before that picture is asked for again; no other "
                                "work waits for it",
                    .why = "a host that is asked at once again refuses at once again, and may shut its client out",
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
        return "a picture that " + answer + " was asked for " + counted(asked, "time", "times");
    };
    for (const std::string& wrong :
         {program.wrong_album(rest, {1, 4, 5}), tries(1, "is answered with 500 each time", 4, 4),
          tries(2, "is answered with 429 once", 2, 2), tries(3, "breaks off once", 2, 2),
          tries(4, "is answered with 404", 1, 1), tries(5, "is an HTML page", 1, 1)})
        if (!wrong.empty()) return wrong;
    return "";
}

}  // namespace

TEST_CASE("tries again where that helps, three times at most") {
    judge(wrong_tries(), {.saw = "500 again and again: 4 requests; 429 once, and a connection that broke once: 2; "
                                 "404, and a page in place of a picture: 1",
                          .expected = "after 429, 5xx and a broken connection up to three more tries, and none after "
                                      "anything else",
                          .why = "a busy host may be free a moment later; a picture that is not there stays away",
                          .read = readme(8)});
}

namespace {

// It promises more pixels than any machine has memory for.
std::string huge_header() {
    std::string png = png_of({1, 1, 1, {0}});
    constexpr std::size_t width = 16, height = 20;  // where they stand: 4 bytes each
    for (const std::size_t at : {width, height}) png.replace(at, 4, std::string("\0\0\xfd\xe8", 4));
    constexpr std::size_t chunk = 12, size = 17;  // what the checksum behind it is of
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
        if (request.path == outside) return "a picture whose name leads out of the folder was asked for";
    return program.wrong_album(rest, {2, 3, 5, 6, 7});
}

}  // namespace

TEST_CASE("tells each failure alone, and exits 1") {
    judge(standing::each_failure_alone,
          {.problem = spoils_others(),
           .saw = "404, an empty picture, an HTML page, half a picture, one of 65,000 x 65,000 pixels, a name that "
                  "leads out of the folder, a name twice: a line each, four thumbnails, and exit code 1",
           .read = readme_of(3, 5, 7),
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
