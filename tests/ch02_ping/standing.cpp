// Chapter 2: the standing criteria. Each test case is one criterion, run by itself, for the program that ./kit grade
// names; points are in chapter.json.
#include "bench/standing.hpp"
#include "bench/catch.hpp"
#include "bench/cut_lines.hpp"
#include "bench/sanitized.hpp"
#include "ch02_ping/pinger.hpp"
#include "grader/contain/room.hpp"

TEST_CASE("writes every line whole") {
    const Words paths = numbered_paths(6);
    Pinger pinger({.paths = paths, .workers = 3}, {.policy = {.hold_writes = true}, .pieces = true});
    pinger.settle();
    pinger.serve();
    std::string problem;
    const Rest rest = run_for_cut_lines(pinger.program, problem);
    if (problem.empty()) problem = pinger.wrong_finish(rest, pinger.ok_lines(paths));
    judge(standing::whole_lines,
          {.problem = problem,
           .saw = "each thread was held in the middle of what it wrote, and no other thread cut its line",
           .read = readme(6)});
}

namespace {

std::string late_in_a_pipe() {
    const Words paths = numbered_paths(4);
    Pinger pinger({.paths = paths, .workers = is_pool() ? 2 : 0}, {.out = Child::Out::pipe});
    Rest rest = pinger.settle();
    for (const std::string& path : paths) {
        const std::optional<HttpRequest> request = pinger.in_flight(path);
        if (!request) return "the program has not asked " + path + " yet: " + pinger.situation();
        rest = pinger.answer(*request);
        if (pinger.fresh_lines().empty() && path != paths.back())
            return "the server answered " + path + " and held back the others, and no line came into the pipe";
    }
    return pinger.wrong_finish(rest, pinger.ok_lines(paths));
}

}  // namespace

TEST_CASE("writes every line at once, into a pipe too") {
    judge(standing::lines_at_once, {.problem = late_in_a_pipe(),
                                    .saw = "stdout was a pipe, and each line was in it before the next answer",
                                    .read = readme(6)});
}

TEST_CASE("joins every thread") {
    const Words paths = numbered_paths(4);
    const std::size_t threads = is_pool() ? 3 : paths.size();
    const Joins joins = joins_with_each_last(threads, [&](std::size_t kept) {
        Pinger pinger({.paths = paths, .workers = static_cast<int>(threads)}, {.policy = {.hold_ends = true}});
        pinger.settle();
        pinger.serve();
        Joins each = joins_of(
            pinger.program, [&] { pinger.settle(); }, kept);
        if (each.problem.empty()) each.problem = pinger.wrong_finish(Rest::ended, pinger.ok_lines(paths));
        return each;
    });
    judge_joins(joins, readme(7));
}

namespace {

// Only AddressSanitizer finds an array that is too short, and only with that many threads. A power of two: a vector
// of that many has no room left, so a read past its end is seen as well.
int urls_under(Flavour flavour) {
    return flavour == Flavour::address_sanitizer ? static_cast<int>(at_once(256, files_each)) : 16;
}

// Many answers at once, good and bad ones; what the sanitizer said, or what else went wrong.
std::string sanitized_run(Flavour flavour) {
    const Words paths = numbered_paths(urls_under(flavour));
    const int workers = flavour == Flavour::address_sanitizer ? urls_under(flavour) : 4;
    Pinger pinger({.paths = paths, .workers = workers}, sanitized(flavour), flavour);
    Rest rest = pinger.settle();
    const std::size_t in_flight = pinger.world.in_flight().size();
    while (rest == Rest::standstill && !pinger.world.in_flight().empty()) {
        for (const HttpRequest& request : pinger.world.in_flight()) {
            if (std::stoi(request.path.substr(1)) % 2 == 0) pinger.world.answer(request, 200);
            else pinger.world.finish(request);  // without a word
        }
        rest = pinger.settle();
    }
    if (const std::string wrong = wrong_sanitized_run(pinger.program, rest, 1); !wrong.empty()) return wrong;
    Words good;
    for (std::size_t i = 0; i < paths.size(); i += 2) good.push_back(paths[i]);
    Words lines = pinger.program.lines();
    std::erase_if(lines, [](const std::string& line) { return line.find(":error: ") != std::string::npos; });
    const std::string problem = missing_or_extra(lines, pinger.ok_lines(good));
    if (!problem.empty() || in_flight >= 2) return problem;
    return "there were never two requests in flight: the sanitizer can judge only threads that run together";
}

std::string urls_asked(Flavour flavour) {
    return "the program asked " + std::to_string(urls_under(flavour)) + " URLs, half of which failed, and ";
}

}  // namespace

TEST_CASE("has no data race") {
    constexpr Flavour flavour = Flavour::thread_sanitizer;
    judge(standing::no_data_race, {.problem = under_sanitizer(flavour, sanitized_run),
                                   .saw = urls_asked(flavour) + "ThreadSanitizer had nothing to report",
                                   .read = readme(7)});
}

TEST_CASE("has no memory error") {
    constexpr Flavour flavour = Flavour::address_sanitizer;
    judge(standing::no_memory_error, {.problem = under_sanitizer(flavour, sanitized_run),
                                      .saw = urls_asked(flavour) + "AddressSanitizer and UBSan had nothing to report",
                                      .read = readme(7)});
}

namespace {

std::string busy() {
    Pinger pinger({.paths = numbered_paths(6), .workers = 3});
    Rest rest = pinger.settle();
    const std::string problem = pinger.does_not_wait(rest, "while no URL was answered");
    if (!problem.empty()) return problem;
    while (pinger.world.in_flight().size() > 1) rest = pinger.answer(pinger.world.in_flight().back());
    return pinger.does_not_wait(rest, "while one URL was left");
}

}  // namespace

TEST_CASE("does not busy-wait") {
    judge(standing::no_busy_wait, {.problem = busy(),
                                   .saw = "while answers were held back, no thread used the processor (2 looks)",
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
