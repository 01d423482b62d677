// Chapter 2: what a program that asks many URLs at once must do. Each test case is one criterion, run
// by itself, for the program that ./kit grade names; points are in labs/labs.json.
#include "bench/catch.hpp"
#include "ch02_ping/pinger.hpp"
#include "grader/contain/room.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace {

// Of a thread that asks: libcurl opens a pair to wake itself, beside the connection.
constexpr std::size_t files_each = 3;

// To the end: what was printed, and how it ended.
std::string wrong_finish(Pinger& pinger, Rest rest, const std::vector<std::string>& expected, int exit_code = 0) {
    const std::string lines = wrong_lines(pinger.program.lines(), expected);
    if (!lines.empty()) return lines + (rest == Rest::ended ? "" : "; " + wrong_end(pinger.program, rest));
    if (!pinger.program.unfinished().empty()) return "a line without an end: " + in_quotes(pinger.program.unfinished());
    return wrong_end(pinger.program, rest, exit_code);
}

std::string asked_by(const Pinger& pinger) {
    return counted(pinger.world.in_flight().size(), "request", "requests") + " in flight, and " +
           counted(pinger.askers(), "thread waits", "threads wait") + " for an answer; " + pinger.program.describe();
}

}  // namespace

TEST_CASE("each URL is asked by a thread of its own") {
    Pinger pinger({.paths = numbered_paths(5)});
    pinger.settle();
    judge({.holds = pinger.world.in_flight().size() >= 5 && pinger.askers() >= 5,
           .saw = asked_by(pinger),
           .expected = "5 URLs, 5 threads of one process, each waiting for its own answer",
           .why = "a thread that waits for one server can do nothing else; one for each URL can wait for all",
           .read = readme(2)});
}

TEST_CASE("the workers are threads that ask at once") {
    Pinger pinger({.paths = numbered_paths(9), .workers = 3});
    pinger.settle();
    judge({.holds = pinger.world.in_flight().size() >= 2 && pinger.askers() >= 2,
           .saw = asked_by(pinger),
           .expected = "with --workers 3, several requests in flight, each asked by a thread of its own",
           .why = "workers that do not ask at the same time are one worker",
           .read = readme(4)});
}

TEST_CASE("all URLs are in flight at once") {
    const int most = static_cast<int>(at_once(257, files_each));
    std::string problem;
    for (const int count : {1, 5, most}) {
        Pinger pinger({.paths = numbered_paths(count)});
        Rest rest = pinger.settle();
        const std::size_t asked = pinger.world.in_flight().size();
        if (asked < static_cast<std::size_t>(count) || !pinger.program.lines().empty())
            problem = "of " + std::to_string(count) + " URLs, before any was answered: " + pinger.situation();
        rest = pinger.serve_all();
        if (problem.empty()) problem = wrong_finish(pinger, rest, pinger.ok_lines(numbered_paths(count)));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "1, 5 and " + std::to_string(most) + " requests in flight before the first was answered"
                      : problem,
           .expected = "every URL asked before any answer comes",
           .why = "asked in turn, the waiting times add up; asked at once, the longest alone counts",
           .read = readme(2)});
}

TEST_CASE("prints each line as its answer arrives") {
    const std::vector<std::vector<int>> orders = {{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 0, 4, 1, 3}};
    const std::vector<std::pair<int, std::string>> answers = {{200, "OK"},
                                                              {404, "Not Found"},
                                                              {500, "Internal Server Error"},
                                                              {301, "Moved Permanently"},
                                                              {429, "Too Many Requests"}};
    std::string problem;
    // Of a pool there are URLs left meanwhile: nobody is at the end of the list.
    const int workers = is_pool() ? 5 : 0, further = is_pool() ? 5 : 0;
    for (const std::vector<int>& order : orders) {
        Pinger pinger({.paths = numbered_paths(5 + further), .workers = workers});
        Rest rest = pinger.settle();
        for (const int which : order) {
            const std::string path = "/" + std::to_string(which);
            const std::optional<HttpRequest> request = pinger.in_flight(path);
            const auto& [status, reason] = answers[static_cast<std::size_t>(which)];
            if (!request) problem = path + " has not been asked yet: " + pinger.situation();
            if (!problem.empty()) break;
            rest = pinger.answer(*request, status);
            const std::vector<std::string> lines = pinger.fresh_lines();
            if (lines != std::vector<std::string>{pinger.url(path) + ":" + reason})
                problem = "the answer for " + path + " left first among those that were held; then came " +
                          list_in_quotes(lines) + "; " + pinger.situation();
            if (!problem.empty()) break;
        }
        if (problem.empty() && further > 0) rest = pinger.serve_all();
        if (problem.empty()) problem = wrong_end(pinger.program, rest);
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "in three orders of 5 answers, each line followed its answer" : problem,
           .expected = "after each answer, whichever comes first, its own line and no other",
           .why = "who joins or prints in the order of the list makes fast answers wait for slow ones",
           .read = readme(is_pool() ? 4 : 2)});
}

TEST_CASE("keeps --workers requests in flight, neither more nor fewer") {
    const int most = static_cast<int>(at_once(256, files_each));
    std::string problem;
    for (const auto& [workers, count] :
         std::vector<std::pair<int, int>>{{1, 4}, {2, 12}, {7, 12}, {7, 3}, {4, 1}, {most, most + 1}}) {
        const bool equals = workers == 2;
        const std::string flag = std::string("with --workers") + (equals ? "=" : " ") + std::to_string(workers);
        Pinger pinger({.paths = numbered_paths(count), .workers = workers, .equals = equals});
        Rest rest = pinger.settle();
        for (int left = count; left > 0 && problem.empty();) {
            const std::vector<HttpRequest> now = pinger.world.in_flight();
            const int wanted = std::min(workers, left);
            if (static_cast<int>(now.size()) != wanted)
                problem = flag + ", while " + counted(static_cast<std::size_t>(left), "URL is", "URLs are") +
                          " not answered yet: " + pinger.situation();
            for (const HttpRequest& request : now) pinger.world.answer(request, 200);
            left -= static_cast<int>(now.size());
            rest = pinger.settle();
        }
        if (problem.empty() && pinger.world.most_in_flight() > static_cast<std::size_t>(workers))
            problem =
                flag + ", for a moment " + std::to_string(pinger.world.most_in_flight()) + " requests were in flight";
        if (problem.empty()) problem = wrong_finish(pinger, rest, pinger.ok_lines(numbered_paths(count)));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "1, 2, 7 and " + std::to_string(most) +
                                        " workers: that many requests in flight while URLs were left"
                                  : problem,
           .expected = "as many requests in flight as there are workers, or URLs left where they are fewer",
           .why = "fewer leave a worker idle; more are what the server asked you not to do",
           .read = readme(4)});
}

TEST_CASE("a slow URL holds no other back") {
    std::string problem;
    for (const int workers : {2, 4}) {
        const int count = 12;
        Pinger pinger({.paths = numbered_paths(count), .workers = workers});
        Rest rest = pinger.settle();
        for (int answered = 0; answered < count && problem.empty(); ++answered) {
            const std::vector<HttpRequest> now = pinger.world.in_flight();
            const int wanted = std::min(workers, count - answered);
            if (static_cast<int>(now.size()) != wanted) {
                problem = "with --workers " + std::to_string(workers) + ", one URL not answered and " +
                          std::to_string(answered) + " of the other " + std::to_string(count - 1) +
                          " done: " + pinger.situation();
                break;
            }
            rest = pinger.answer(now.back());  // the latest: the first one stays to the end
            if (pinger.fresh_lines() != std::vector<std::string>{pinger.url(now.back().path) + ":OK"})
                problem = "the answer for " + now.back().path + " came, and its line did not: " + pinger.situation();
        }
        if (problem.empty()) problem = wrong_finish(pinger, rest, pinger.ok_lines(numbered_paths(count)));
        if (!problem.empty()) break;
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "one URL never answered, and all others went on by the workers that were left"
                                  : problem,
           .expected = "each worker takes the next URL as soon as it is free, whatever the others wait for",
           .why = "batches, or a fixed share for each worker, make everybody wait for the slowest",
           .read = readme(3)});
}

TEST_CASE("starts its workers once") {
    const int workers = 3, count = 20;
    Pinger pinger({.paths = numbered_paths(count), .workers = workers});
    const Rest rest = pinger.serve_all();
    std::string problem = wrong_finish(pinger, rest, pinger.ok_lines(numbered_paths(count)));
    const auto made = static_cast<std::size_t>(pinger.program.stage().trace.count(Event::Kind::thread_created) +
                                               pinger.program.stage().trace.count(Event::Kind::process_created));
    if (problem.empty() && made > static_cast<std::size_t>(workers))
        problem = "with --workers 3, " + std::to_string(made) + " threads were started for 20 URLs";
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? counted(made, "thread", "threads") + " for 20 URLs" : problem,
           .expected = "3 threads, started once, that come back for the next URL until none is left",
           .why = "to start a thread costs more than to ask a near server; a pool pays that once",
           .read = readme(4)});
}

TEST_CASE("asks every URL exactly once") {
    std::vector<std::string> paths = numbered_paths(is_pool() ? 257 : 35);
    paths.insert(paths.end(), {"/3", "/3", "/0", "/34", "/same", "/same"});
    Pinger pinger({.paths = paths, .workers = 4});
    const Rest rest = pinger.serve_all();
    std::vector<std::string> asked;
    for (const HttpRequest& request : pinger.world.requests()) asked.push_back(request.path);
    std::string problem = wrong_lines(asked, paths);
    if (!problem.empty()) problem = "what the server was asked for, against the list: " + problem;
    if (problem.empty()) problem = wrong_finish(pinger, rest, pinger.ok_lines(paths));
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? std::to_string(paths.size()) +
                                        " URLs, some of them twice or three times: as many requests, as many lines"
                                  : problem,
           .expected = "one request and one line for each URL of the list, for equal ones too",
           .why = "two threads that take the same place of the list skip another one",
           .read = readme(3)});
}

TEST_CASE("takes URLs from --file too") {
    std::string name = (std::filesystem::temp_directory_path() / "kit-urls-XXXXXX").string();
    const int descriptor = mkstemp(name.data());
    REQUIRE(descriptor >= 0);
    close(descriptor);
    std::filesystem::permissions(name, std::filesystem::perms(0644));
    const Shared file{name, "/on-stage/urls.txt"};
    std::string problem;
    for (const bool readable : {true, false}) {
        Plan plan{.paths = {"/typed"}, .strange = {"--file", readable ? place_of(file) : "/on-stage/nothing.txt"}};
        if (is_pool()) plan.workers = 2;
        plan.setting.shared = {file};
        plan.equals = readable;
        std::vector<std::string> paths = {"/typed"};
        Pinger pinger(plan);
        if (readable) {  // the program has not run yet: it stands at its first call
            std::ofstream(name) << "# a comment\n  " << pinger.url("/a") << "  # behind a space\n\n"
                                << pinger.url("/b#inside") << "\n"
                                << pinger.url("/a") << "\n#" << pinger.url("/no");
            paths.insert(paths.end(), {"/a", "/b#inside", "/a"});
        }
        const Rest rest = pinger.serve_all();
        problem = wrong_finish(pinger, rest, pinger.ok_lines(paths), readable ? 0 : 1);
        if (problem.empty()) continue;
        problem = (readable ? "one URL typed, three in the file of --file=NAME: "
                            : "one URL typed, and a file that is not there: ") +
                  problem;
        break;
    }
    std::filesystem::remove(name);
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "URLs typed and from a file, comments left out; exit code 1 where the file is not there"
                      : problem,
           .expected =
               "the URLs that were typed, then those of the file; a file that cannot be read costs exit code 1, no URL",
           .why = "what can fail alone fails alone",
           .read = readme(5)});
}

TEST_CASE("prints the reason phrase of each answer") {
    struct Kind {
        std::string path, bytes, reason;
        bool ends = true;       // false: the server keeps the connection and says no more
        std::string late = {};  // bytes that come when the others have long been there
    };
    const std::vector<Kind> kinds = {
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
        {"/stalled", "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 1000\r\n\r\nno", "Service Unavailable",
         false},
        {"/large", "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + std::string(1 << 20, 'x'), "OK"},
        {"/none", "HTTP/1.1 204 No Content\r\n\r\n", "No Content"}};
    Plan plan;
    for (const Kind& kind : kinds) plan.paths.push_back(kind.path);
    Pinger pinger(plan);
    pinger.world.serve([&](World& server, const HttpRequest& request) {
        for (const Kind& kind : kinds) {
            if (kind.path != request.path) continue;
            server.send(request, kind.bytes);
            if (kind.ends && kind.late.empty()) server.finish(request);
        }
    });
    pinger.settle();
    for (const HttpRequest& request : pinger.world.requests()) {
        for (const Kind& kind : kinds) {
            if (kind.path != request.path || kind.late.empty()) continue;
            pinger.world.send(request, kind.late);
            pinger.world.finish(request);
        }
    }
    const Rest rest = pinger.settle();
    std::vector<std::string> expected;
    for (const Kind& kind : kinds) expected.push_back(pinger.url(kind.path) + ":" + kind.reason);
    const std::string problem = wrong_finish(pinger, rest, expected);
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? std::to_string(kinds.size()) +
                            " answers from 200 to 524, one of them in pieces, each with its own reason; exit code 0"
                      : problem,
           .expected = "URL:REASON for every answer, in the server's own words where it has any; exit code 0, for each "
                       "URL was answered",
           .why = "an answer that says no is an answer: the server is there, and says what is wrong",
           .read = readme(5)});
}

TEST_CASE("writes every line whole") {
    const std::vector<std::string> paths = numbered_paths(6);
    Pinger pinger({.paths = paths, .workers = 3, .setting = {.policy = {.hold_writes = true}, .pieces = true}});
    pinger.settle();
    pinger.world.serve([](World& server, const HttpRequest& request) { server.answer(request, 200); });
    std::string problem;
    const Rest rest = run_for_cut_lines(pinger.program, problem);
    if (problem.empty()) problem = wrong_finish(pinger, rest, pinger.ok_lines(paths));
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "held in the middle of whatever it wrote, no thread's line was cut by another"
                                  : problem,
           .expected = "a line in one write, or a lock held from its first piece to its last",
           .why = "between two pieces of a line any other thread may print: cout << url << reason is two pieces",
           .read = readme(6)});
}

TEST_CASE("writes every line at once, into a pipe too") {
    const std::vector<std::string> paths = numbered_paths(4);
    Pinger pinger({.paths = paths, .workers = is_pool() ? 2 : 0, .setting = {.out = Child::Out::pipe}});
    Rest rest = pinger.settle();
    std::string problem;
    for (const std::string& path : paths) {
        const std::optional<HttpRequest> request = pinger.in_flight(path);
        if (!request) problem = path + " has not been asked yet: " + pinger.situation();
        if (!problem.empty()) break;
        rest = pinger.answer(*request);
        const std::vector<std::string> lines = pinger.fresh_lines();
        const bool last = path == paths.back();
        if (lines.empty() && !last) problem = path + " was answered, others were not, and the pipe has no line of it";
        if (!problem.empty()) break;
    }
    if (problem.empty()) problem = wrong_finish(pinger, rest, pinger.ok_lines(paths));
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "stdout was a pipe, and each line was in it before the next answer" : problem,
           .expected = "each line in the pipe as soon as its answer is there",
           .why = "on a pipe stdio keeps lines in a buffer: whoever reads them waits for the slowest URL",
           .read = readme(6)});
}

TEST_CASE("joins every thread") {
    const std::vector<std::string> paths = numbered_paths(4);
    std::size_t joined = 0;
    std::string problem;
    const std::size_t threads = is_pool() ? 3 : paths.size();
    for (std::size_t kept = 0; kept < threads && problem.empty(); ++kept) {  // each of them is the last once
        Pinger pinger(
            {.paths = paths, .workers = static_cast<int>(threads), .setting = {.policy = {.hold_ends = true}}});
        pinger.settle();
        pinger.world.serve([](World& server, const HttpRequest& request) { server.answer(request, 200); });
        const auto run = [&] { pinger.settle(); };
        problem = wrong_joins(pinger.program, run, joined, kept);
        if (problem.empty()) problem = wrong_finish(pinger, Rest::ended, pinger.ok_lines(paths));
    }
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? "main waited for each of " + std::to_string(joined) + " threads to make its very last step"
                      : problem,
           .expected = "main waits until each thread is gone: join, or an object that joins in its destructor",
           .why = "when main returns, whoever still waits for an answer is gone, and its line with it",
           .read = readme(7)});
}

namespace {

// Many answers at once, good and bad ones; what the sanitizer said, or what else went wrong.
std::string sanitized_run(Flavour flavour, int urls) {
    if (const std::string none = no_sanitized_build(flavour); !none.empty()) return none;
    const std::vector<std::string> paths = numbered_paths(urls);
    const int workers = flavour == Flavour::address_sanitizer ? urls : 4;
    Pinger pinger({.paths = paths, .workers = workers, .setting = sanitized(flavour), .flavour = flavour});
    Rest rest = pinger.settle();
    const std::size_t at_once = pinger.world.in_flight().size();
    std::vector<std::string> good;
    while (rest == Rest::standstill && !pinger.world.in_flight().empty()) {
        for (const HttpRequest& request : pinger.world.in_flight()) {
            if (std::stoi(request.path.substr(1)) % 2 == 0) pinger.world.answer(request, 200);
            else pinger.world.finish(request);  // without a word
        }
        rest = pinger.settle();
    }
    if (const std::string wrong = wrong_sanitized_run(pinger.program, rest, 1); !wrong.empty()) return wrong;
    for (std::size_t i = 0; i < paths.size(); i += 2) good.push_back(pinger.url(paths[i]) + ":OK");
    std::vector<std::string> lines = pinger.program.lines();
    std::erase_if(lines, [](const std::string& line) { return line.find(":error: ") != std::string::npos; });
    std::string problem = wrong_lines(lines, good);
    if (problem.empty() && at_once < 2)
        problem = "never two requests in flight: what is never used together proves nothing";
    return problem;
}

}  // namespace

TEST_CASE("has no data race") {
    const std::string problem = sanitized_run(Flavour::thread_sanitizer, 16);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "16 URLs under ThreadSanitizer, half of them failing, to the end: nothing to report"
                                  : problem,
           .expected = "no memory that one thread writes while another uses it without a lock or an atomic",
           .why = "a race may give right results a thousand times and a wrong one on the day that counts",
           .read = readme(7)});
}

TEST_CASE("has no memory error") {
    // An array that is too short is found by AddressSanitizer alone, and only by as many threads. A power of two:
    // a vector of that many has no room left, so a read behind its end is seen as well.
    const int urls = static_cast<int>(at_once(256, files_each));
    const std::string problem = sanitized_run(Flavour::address_sanitizer, urls);
    judge({.holds = problem.empty(),
           .saw = problem.empty()
                      ? std::to_string(urls) + " URLs under AddressSanitizer and UBSan, half of them failing, to "
                                               "the end: nothing to report"
                      : problem,
           .expected = "no use of memory that is not there any more, or was never the program's",
           .why = "a thread that borrows what its creator has already left reads whatever stands there now",
           .read = readme(7)});
}

TEST_CASE("does not busy-wait") {
    const std::vector<std::string> paths = numbered_paths(6);
    Pinger pinger({.paths = paths, .workers = 3});
    std::string problem;
    Rest rest = pinger.settle();
    const auto look = [&](const char* when) {
        if (!problem.empty() || rest == Rest::standstill) return;
        problem = std::string(when) + ": " +
                  (rest == Rest::spinning ? "somebody burns processor time: " + pinger.situation()
                                          : wrong_end(pinger.program, rest) + pinger.situation());
    };
    look("no URL was answered yet");
    while (problem.empty() && pinger.world.in_flight().size() > 1)
        rest = pinger.answer(pinger.world.in_flight().back());
    look("one URL is left");
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "while answers were withheld, nobody used the processor (2 looks)" : problem,
           .expected =
               "whoever waits is blocked: in a read, a join, a condition variable, not in a loop that looks again",
           .why = "a loop that looks again and again takes the processor from those it waits for",
           .read = readme(7)});
}

TEST_CASE("refuses bad flags") {
    std::vector<BadFlags> all = {{{}, {"URL"}},
                                 {{"--timeout", "0s", "http://127.0.0.1:1/"}, {"--timeout", "0s"}},
                                 {{"--timeout", "5", "http://127.0.0.1:1/"}, {"--timeout", "5"}},
                                 {{"--timeout=-1s", "http://127.0.0.1:1/"}, {"--timeout", "-1s"}},
                                 {{"http://127.0.0.1:1/", "--timeout"}, {"--timeout"}},
                                 {{"http://127.0.0.1:1/", "--file"}, {"--file"}},
                                 {{"--bogus", "http://127.0.0.1:1/"}, {"--bogus"}}};
    if (is_pool()) {
        for (const std::string workers : {"0", "257", "-1", "many", "1.5"})
            all.push_back({{"--workers", workers, "http://127.0.0.1:1/"}, {"--workers", workers}});
    }
    judge_refusals(all, readme(5));
}
