// Chapter 2: what a program that asks many URLs at once must do. Each test case is one criterion, run
// by itself, for the program that ./kit grade names; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch02_ping/pinger.hpp"
#include "grader/contain/room.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace {

std::string asked_by(const Pinger& pinger) {
    return counted(pinger.world.in_flight().size(), "request is", "requests are") + " in flight, and " +
           counted(pinger.askers(), "thread waits", "threads wait") + " for an answer; " + pinger.program.describe();
}

}  // namespace

TEST_CASE("each URL is asked by a thread of its own") {
    Pinger pinger({.paths = numbered_paths(5)});
    pinger.settle();
    judge({.holds = pinger.world.in_flight().size() >= 5 && pinger.askers() >= 5,
           .saw = asked_by(pinger),
           .expected = "5 threads of one process ask 5 URLs, and each waits for its own answer",
           .why = "a thread that waits for one server can do nothing else; with a thread for each URL, the program "
                  "waits for "
                  "all servers at once",
           .read = readme(2)});
}

TEST_CASE("the workers are threads that ask at once") {
    Pinger pinger({.paths = numbered_paths(9), .workers = 3});
    pinger.settle();
    judge({.holds = pinger.world.in_flight().size() >= 2 && pinger.askers() >= 2,
           .saw = asked_by(pinger),
           .expected = "with --workers 3, several requests are in flight, each from a thread of its own",
           .why = "workers that do not ask at the same time do no more than one worker",
           .read = readme(4)});
}

namespace {

std::string not_all_in_flight(int count) {
    Pinger pinger({.paths = numbered_paths(count)});
    pinger.settle();
    if (pinger.world.in_flight().size() < static_cast<std::size_t>(count) || !pinger.program.lines().empty())
        return "with " + counted(static_cast<std::size_t>(count), "URL", "URLs") +
               ", before the first answer: " + pinger.situation();
    return pinger.wrong_finish(pinger.serve_all(), pinger.ok_lines(numbered_paths(count)));
}

}  // namespace

TEST_CASE("all URLs are in flight at once") {
    const int most = static_cast<int>(at_once(257, files_each));
    std::string problem;
    for (const int count : {1, 5, most})
        if (problem.empty()) problem = not_all_in_flight(count);
    judge(problem,
          {.saw = "1, 5 and " + std::to_string(most) + " requests were in flight before the first answer",
           .expected = "the program asks every URL before any answer comes",
           .why = "if the program asks in turn, the waiting times add up; if it asks at once, only the longest counts",
           .read = readme(2)});
}

namespace {

// Five requests are answered in this order.
std::string not_as_answers_arrive(const std::vector<int>& order) {
    const std::vector<std::pair<int, std::string>> answers = {{200, "OK"},
                                                              {404, "Not Found"},
                                                              {500, "Internal Server Error"},
                                                              {301, "Moved Permanently"},
                                                              {429, "Too Many Requests"}};
    // Of a pool there are URLs left meanwhile: no worker is at the end of the list.
    const int workers = is_pool() ? 5 : 0, further = is_pool() ? 5 : 0;
    Pinger pinger({.paths = numbered_paths(5 + further), .workers = workers});
    Rest rest = pinger.settle();
    for (const int which : order) {
        const std::string path = "/" + std::to_string(which);
        const std::optional<HttpRequest> request = pinger.in_flight(path);
        if (!request) return "the program has not asked " + path + " yet: " + pinger.situation();
        const auto& [status, reason] = answers[static_cast<std::size_t>(which)];
        rest = pinger.answer(*request, status);
        const Words lines = pinger.fresh_lines();
        if (lines != Words{pinger.url(path) + ":" + reason})
            return "the server answered " + path + " and held back the other answers, and then " +
                   (lines.empty() ? "no line came" : "came " + list_in_quotes(lines)) + "; " + pinger.situation();
    }
    return pinger.wrong_end(further > 0 ? pinger.serve_all() : rest);
}

}  // namespace

TEST_CASE("prints each line as its answer arrives") {
    std::string problem = not_as_answers_arrive({0, 1, 2, 3, 4});
    if (problem.empty()) problem = not_as_answers_arrive({4, 3, 2, 1, 0});
    if (problem.empty()) problem = not_as_answers_arrive({2, 0, 4, 1, 3});
    judge(problem,
          {.saw = "5 answers came in three orders, and after each answer came its own line",
           .expected = "after each answer, whichever comes first, the program prints its line and no other",
           .why = "a program that joins or prints in the order of the list makes fast answers wait for slow ones",
           .read = readme(is_pool() ? 4 : 2)});
}

namespace {

Words some_of_them_twice() {
    Words paths = numbered_paths(is_pool() ? 257 : 35);
    paths.insert(paths.end(), {"/3", "/3", "/0", "/34", "/same", "/same"});
    return paths;
}

std::string times(long number) {
    if (number == 0) return "never";
    if (number <= 2) return number == 1 ? "once" : "twice";
    return std::to_string(number) + " times";
}

// Which path the program asked for more or less often than the list has it, or "".
std::string asked_otherwise(const Words& asked, const Words& paths) {
    Words all = paths;
    all.insert(all.end(), asked.begin(), asked.end());
    for (const std::string& path : all) {
        const long requests = std::count(asked.begin(), asked.end(), path);
        const long places = std::count(paths.begin(), paths.end(), path);
        if (requests == places) continue;
        return "the program asked for " + path + " " + times(requests) + ", and " +
               (places == 0 ? "the list does not have it" : "the list has it " + times(places));
    }
    return "";
}

std::string not_asked_once(const Words& paths) {
    Pinger pinger({.paths = paths, .workers = 4});
    const Rest rest = pinger.serve_all();
    Words asked;
    for (const HttpRequest& request : pinger.world.requests()) asked.push_back(request.path);
    const std::string problem = asked_otherwise(asked, paths);
    return problem.empty() ? pinger.wrong_finish(rest, pinger.ok_lines(paths)) : problem;
}

}  // namespace

TEST_CASE("asks every URL exactly once") {
    const Words paths = some_of_them_twice();
    judge(not_asked_once(paths),
          {.saw = std::to_string(paths.size()) +
                  " URLs, some of them equal: the program sent that many requests, and printed "
                  "that many lines",
           .expected = "the program asks once and prints one line for each URL of the list, for equal ones too",
           .why = "if two threads take the same place of the list, another place is never taken",
           .read = readme(is_pool() ? 3 : 2)});
}

namespace {

// A file of URLs that a program under test may read; gone when this is.
class UrlFile {
  public:
    UrlFile() : name_((std::filesystem::temp_directory_path() / "kit-urls-XXXXXX").string()) {
        const int descriptor = mkstemp(name_.data());
        if (descriptor < 0) throw std::runtime_error("no file for URLs: " + name_);
        close(descriptor);
        std::filesystem::permissions(name_, std::filesystem::perms(0644));
    }
    ~UrlFile() {
        std::error_code ignored;
        std::filesystem::remove(name_, ignored);
    }
    UrlFile(const UrlFile&) = delete;
    UrlFile& operator=(const UrlFile&) = delete;

    Shared shared() const { return {name_, "/on-stage/urls.txt"}; }
    void write(const std::string& text) { std::ofstream(name_) << text; }

  private:
    std::string name_;
};

std::string wrong_with_file(bool readable) {
    UrlFile file;
    Pinger pinger({.paths = {"/typed"},
                   .workers = is_pool() ? 2 : 0,
                   .strange = {"--file", readable ? place_of(file.shared()) : "/on-stage/nothing.txt"},
                   .equals = readable},
                  {.shared = {file.shared()}});
    Words paths = {"/typed"};
    if (readable) {  // the program has not run yet: it is held at its first call
        file.write("# a comment\n  " + pinger.url("/a") + "  # after a space\n\n" + pinger.url("/b#inside") + "\n" +
                   pinger.url("/a") + "\n#" + pinger.url("/no"));
        paths.insert(paths.end(), {"/a", "/b#inside", "/a"});
    }
    const std::string problem = pinger.wrong_finish(pinger.serve_all(), pinger.ok_lines(paths), readable ? 0 : 1);
    if (problem.empty()) return "";
    return (readable ? "with one URL typed and three in the file of --file=NAME: "
                     : "with one URL typed and a --file that does not exist: ") +
           problem;
}

}  // namespace

TEST_CASE("takes URLs from --file too") {
    std::string problem = wrong_with_file(true);
    if (problem.empty()) problem = wrong_with_file(false);
    judge(
        problem,
        {.saw = "the program asked the URLs that were typed and those of the file, without comments, and exited with 1 "
                "where the file does not exist",
         .expected = "the program asks the URLs that were typed, then those of the file; a file that it cannot "
                     "read costs exit code 1, but no URL",
         .why = "a file that cannot be read is no reason to leave the other URLs unasked",
         .read = readme(5)});
}

namespace {

struct Answer {
    std::string path, bytes, reason;
    bool ends = true;       // false: the server keeps the connection and says no more
    std::string late = {};  // bytes that come when the others have long been there
};

const std::vector<Answer> kinds = {
    {"/ok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "OK"},
    {"/teapot", "HTTP/1.1 418 I am a teapot\r\nContent-Length: 0\r\n\r\n", "I am a teapot"},
    {"/proxy", "HTTP/1.1 524 A Timeout Occurred\r\nContent-Length: 0\r\n\r\n", "A Timeout Occurred"},
    {"/empty", "HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", "Not Found"},
    {"/own", "HTTP/1.1 404 Nothing Here\r\nContent-Length: 0\r\n\r\n", "Nothing Here"},
    {"/fine", "HTTP/1.1 200 Fine (for now)\r\nContent-Length: 0\r\n\r\n", "Fine (for now)"},
    {"/pieces", "HTTP/1.1 50", "Bad Gateway", true, "2 Bad Gateway\r\nContent-Length: 0\r\n\r\n"},
    {"/moved", "HTTP/1.1 301 Moved Permanently\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
     "Moved Permanently"},
    {"/cut", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nno more", "OK"},
    {"/stalled", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 1000\r\n\r\nno", "Service Unavailable", false},
    {"/large", "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + std::string(1 << 20, 'x'), "OK"},
    {"/none", "HTTP/1.1 204 No Content\r\n\r\n", "No Content"}};

const Answer* answer_for(const HttpRequest& request) {
    for (const Answer& answer : kinds)
        if (answer.path == request.path) return &answer;
    return nullptr;
}

std::string wrong_reasons() {
    PingPlan plan;
    for (const Answer& answer : kinds) plan.paths.push_back(answer.path);
    Pinger pinger(plan);
    pinger.world.serve([](World& server, const HttpRequest& request) {
        const Answer* answer = answer_for(request);
        if (!answer) return;
        server.send(request, answer->bytes);
        if (answer->ends && answer->late.empty()) server.finish(request);
    });
    pinger.settle();
    for (const HttpRequest& request : pinger.world.requests()) {
        const Answer* answer = answer_for(request);
        if (!answer || answer->late.empty()) continue;
        pinger.world.send(request, answer->late);
        pinger.world.finish(request);
    }
    const Rest rest = pinger.settle();
    Words expected;
    for (const Answer& answer : kinds) expected.push_back(pinger.url(answer.path) + ":" + answer.reason);
    return pinger.wrong_finish(rest, expected);
}

}  // namespace

TEST_CASE("prints the reason phrase of each answer") {
    judge(
        wrong_reasons(),
        {.saw = "the program printed the reason of each of " + std::to_string(kinds.size()) +
                " answers, from 200 to 524, one of them in pieces, and exited with 0",
         .expected = "the program prints URL:REASON for every answer, in the server's own words where it has any, and "
                     "exits with 0, since each URL was answered",
         .why = "an answer that says no is an answer too: the server is there, and says what is wrong",
         .read = readme(5)});
}
