// Chapter 2, ping_pool: how workers share a list of URLs. Each test case is one criterion, run by itself; points are
// in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch02_ping/pinger.hpp"
#include "grader/contain/room.hpp"

#include <algorithm>

namespace {

// All that are in flight are answered together, again and again.
std::string wrong_number_in_flight(int workers, int count) {
    const bool equals = workers == 2;
    const std::string flag = std::string("with --workers") + (equals ? "=" : " ") + std::to_string(workers);
    Pinger pinger({.paths = numbered_paths(count), .workers = workers, .equals = equals});
    Rest rest = pinger.settle();
    for (int left = count; left > 0;) {
        const std::vector<HttpRequest> now = pinger.world.in_flight();
        if (static_cast<int>(now.size()) != std::min(workers, left))
            return flag + ", while " + counted(static_cast<std::size_t>(left), "URL is", "URLs are") +
                   " not answered yet: " + pinger.situation();
        for (const HttpRequest& request : now) pinger.world.answer(request, 200);
        left -= static_cast<int>(now.size());
        rest = pinger.settle();
    }
    if (pinger.world.most_in_flight() > static_cast<std::size_t>(workers))
        return flag + ", for a moment " + std::to_string(pinger.world.most_in_flight()) + " requests were in flight";
    return pinger.wrong_finish(rest, pinger.ok_lines(numbered_paths(count)));
}

}  // namespace

TEST_CASE("keeps --workers requests in flight, neither more nor fewer") {
    const int most = static_cast<int>(at_once(256, files_each));
    std::string problem;
    for (const auto& [workers, count] :
         std::vector<std::pair<int, int>>{{1, 4}, {2, 12}, {7, 12}, {7, 3}, {4, 1}, {most, most + 1}})
        if (problem.empty()) problem = wrong_number_in_flight(workers, count);
    judge(problem,
          {.saw = "1, 2, 7 and " + std::to_string(most) + " workers: that many requests in flight while URLs were left",
           .expected = "as many requests in flight as there are workers, or URLs left where they are fewer",
           .why = "fewer leave a worker idle; more are what the server asked you not to do",
           .read = readme(4)});
}

namespace {

// The first URL is answered last of all.
std::string held_back_by_a_slow_url(int workers) {
    constexpr int count = 12;
    Pinger pinger({.paths = numbered_paths(count), .workers = workers});
    Rest rest = pinger.settle();
    for (int answered = 0; answered < count; ++answered) {
        const std::vector<HttpRequest> now = pinger.world.in_flight();
        if (static_cast<int>(now.size()) != std::min(workers, count - answered))
            return "with --workers " + std::to_string(workers) + ", one URL not answered and " +
                   std::to_string(answered) + " of the other " + std::to_string(count - 1) +
                   " done: " + pinger.situation();
        rest = pinger.answer(now.back());  // the latest
        if (pinger.fresh_lines() != Words{pinger.url(now.back().path) + ":OK"})
            return "the answer for " + now.back().path + " came, and its line did not: " + pinger.situation();
    }
    return pinger.wrong_finish(rest, pinger.ok_lines(numbered_paths(count)));
}

}  // namespace

TEST_CASE("a slow URL holds no other back") {
    std::string problem = held_back_by_a_slow_url(2);
    if (problem.empty()) problem = held_back_by_a_slow_url(4);
    judge(problem, {.saw = "one URL never answered, and all others went on by the workers that were left",
                    .expected = "each worker takes the next URL as soon as it is free, whatever the others wait for",
                    .why = "batches, or a fixed share for each worker, make everybody wait for the slowest",
                    .read = readme(3)});
}

TEST_CASE("starts its workers once") {
    constexpr std::size_t workers = 3, count = 20;
    Pinger pinger({.paths = numbered_paths(count), .workers = workers});
    const Rest rest = pinger.serve_all();
    std::string problem = pinger.wrong_finish(rest, pinger.ok_lines(numbered_paths(count)));
    const Trace& trace = pinger.program.stage().trace;
    const auto made =
        static_cast<std::size_t>(trace.count(Event::Kind::thread_created) + trace.count(Event::Kind::process_created));
    if (problem.empty() && made > workers)
        problem = "with --workers 3, " + std::to_string(made) + " threads were started for 20 URLs";
    judge(problem, {.saw = counted(made, "thread", "threads") + " for 20 URLs",
                    .expected = "3 threads, started once, that come back for the next URL until none is left",
                    .why = "to start a thread costs more than to ask a near server; a pool pays that once",
                    .read = readme(4)});
}
