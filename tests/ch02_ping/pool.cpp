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
          {.saw = "with 1, 2, 7 and " + std::to_string(most) +
                  " workers, that many requests were in flight while URLs were left",
           .expected =
               "the program keeps as many requests in flight as it has workers, or as URLs are left if those are fewer",
           .why = "with fewer, a worker is idle; with more, the program breaks the limit that it promised",
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
            return "with --workers " + std::to_string(workers) + ", while one URL is not answered and " +
                   std::to_string(answered) + " of the other " + std::to_string(count - 1) +
                   (answered == 1 ? " is" : " are") + " done: " + pinger.situation();
        rest = pinger.answer(now.back());  // the latest
        if (pinger.fresh_lines() != Words{pinger.url(now.back().path) + ":OK"})
            return "the server answered " + now.back().path + ", and its line did not come: " + pinger.situation();
    }
    return pinger.wrong_finish(rest, pinger.ok_lines(numbered_paths(count)));
}

}  // namespace

TEST_CASE("a slow URL holds no other back") {
    std::string problem = held_back_by_a_slow_url(2);
    if (problem.empty()) problem = held_back_by_a_slow_url(4);
    judge(problem, {.saw = "one URL was never answered, and the workers that were left asked all the others",
                    .expected = "each worker takes the next URL as soon as it is free, whatever the others wait for",
                    .why = "with batches, or a fixed share for each worker, every URL can be held up by the slowest",
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
        problem = "with --workers 3, the program started " + std::to_string(made) + " threads for 20 URLs";
    judge(problem,
          {.saw = "the program started " + counted(made, "thread", "threads") + " for 20 URLs",
           .expected = "the program starts 3 threads once, and they come back for the next URL until none is left",
           .why = "a thread for each URL needs a start and a stack for each; a pool needs them only for its workers",
           .read = readme(4)});
}
