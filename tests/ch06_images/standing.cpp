// Chapter 6: the standing criteria. Each test case is one criterion, run by itself, for the program that ./kit grade
// names; points are in chapter.json.
#include "bench/standing.hpp"
#include "bench/catch.hpp"
#include "bench/ends.hpp"
#include "bench/sanitized.hpp"
#include "ch06_images/thumbnailer.hpp"
#include "grader/proc/thread_library.hpp"

namespace {

// Another criterion is about the children's ends.
Rest settle_past_children(Thumbnailer& program) {
    Rest rest = program.settle();
    for (std::vector<Held> ends; !(ends = ends_of_children(program.program)).empty();) {
        for (const Held& end : ends) program.program.wake(end);
        rest = program.settle();
    }
    return rest;
}

// Lets the workers end one by one, the last one first. Why one of them was not waited for, or "".
std::string wrong_reaping() {
    Thumbnailer program({.pictures = 6, .workers = 3}, {.policy = {.hold_ends = true}});
    Rest rest = program.serve_all();
    const auto at_end = [&] { return program.program.stage().held(Held::Kind::thread_end); };
    for (;;) {
        if (parent_leaves(program.program)) {
            const std::string left = left_behind(program.program, "");
            for (const Held& end : program.program.stage().held(Held::Kind::process_end)) program.program.wake(end);
            rest = program.settle();
            return left.empty() ? program.wrong_album(rest) : left;
        }
        const std::vector<Held> ends = ends_of_children(program.program), threads = at_end();
        if (ends.empty() && threads.empty()) return program.wrong_album(rest);
        program.program.wake(threads.empty() ? ends.back() : threads.back());
        rest = program.settle();
    }
}

}  // namespace

TEST_CASE("joins every thread") {
    const int connections = 3, workers = is_pipeline() ? 2 : 0;
    Joins joins = joins_with_each_last(static_cast<std::size_t>(connections + workers), [&](std::size_t kept) {
        Thumbnailer program({.pictures = 7, .connections = connections, .workers = workers},
                            {.policy = {.hold_ends = true}});
        settle_past_children(program);
        program.serve_all();
        Joins each = joins_of(
            program.program, [&] { settle_past_children(program); }, kept);
        if (each.problem.empty()) each.problem = program.wrong_album(Rest::ended);
        return each;
    });
    if (joins.problem.empty() && is_pipeline()) joins.problem = wrong_reaping();  // where resizers are processes
    judge_joins(joins, readme_of(3, 5, 7));
}

TEST_CASE("reaps every child process") {
    judge(standing::reaped, {.problem = wrong_reaping(),
                             .saw = "three workers ended one by one, and main waited for each of them",
                             .read = readme_of(3, 5, 7)});
}

namespace {

std::string left_out;  // of what ThreadSanitizer sees

std::string sanitized_run(Flavour flavour) {
    Thumbnailer program({.pictures = 16, .connections = 4}, sanitized(flavour), flavour);
    program.settle();
    if (thread_library_of(program.program.process()) == "oneTBB") left_out = "; what oneTBB's tasks do is left out";
    const Rest rest = program.serve_all();
    const std::string wrong = wrong_sanitized_run(program.program, rest);
    return wrong.empty() ? program.wrong_album(rest) : wrong;
}

}  // namespace

TEST_CASE("has no data race") {
    const std::string problem = under_sanitizer(Flavour::thread_sanitizer, sanitized_run);
    judge(standing::no_data_race, {.problem = problem,
                                   .saw = "ThreadSanitizer has nothing to report for 16 pictures" + left_out,
                                   .read = readme_of(3, 4, 7)});
}

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error, {.problem = under_sanitizer(Flavour::address_sanitizer, sanitized_run),
                                      .saw = "AddressSanitizer has nothing to report for 16 pictures",
                                      .read = readme_of(3, 4, 7)});
}

TEST_CASE("does not busy-wait") {
    std::string problem;
    {
        Thumbnailer program({.pictures = 4, .connections = 2});
        problem = program.does_not_wait(program.settle(), "while the host holds two pictures");
    }
    if (problem.empty()) {
        Thumbnailer program({.pictures = 12, .connections = 2, .workers = 1, .queue = is_pipeline() ? 1 : 0},
                            {.policy = {.hold_renames = true}});
        problem = program.does_not_wait(program.serve_all(), "while a thumbnail is held before it gets its name");
    }
    judge(standing::no_busy_wait,
          {.problem = problem,
           .saw = "while the host held two pictures, and while a thumbnail was held before it got its "
                  "name, every thread was asleep",
           .read = readme_of(3, 5, 6)});
}

TEST_CASE("refuses bad flags") {
    std::vector<BadFlags> flags = {{{"--connections", "0"}, {"--connections", "0"}},
                                   {{"--connections", "65"}, {"--connections", "65"}},
                                   {{"--width", "0"}, {"--width", "0"}},
                                   {{"--width", "16385"}, {"--width", "16385"}},
                                   {{"--workers", "none"}, {"--workers", "none"}},
                                   {{"--host", "somewhere"}, {"--host", "somewhere"}},
                                   {{"--config", "/nonexistent"}, {"/nonexistent"}},
                                   {{"--config", "/dev/null"}, {"/dev/null", "client_id"}}};
    if (is_pipeline())
        for (const char* places : {"0", "65", "some"}) flags.push_back({{"--queue", places}, {"--queue", places}});
    judge_refusals(flags, readme(8));
}
