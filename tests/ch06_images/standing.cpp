// Chapter 6: the standing criteria. Each test case is one criterion, run by itself, for the program that ./kit grade
// names; points are in chapter.json.
#include "bench/standing.hpp"
#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "ch06_images/thumbnailer.hpp"

TEST_CASE("joins every thread") {
    constexpr int threads = 3;
    const Joins joins = joins_with_each_last(threads, [&](std::size_t kept) {
        Thumbnailer program({.pictures = 6, .connections = threads}, {.policy = {.hold_ends = true}});
        program.settle();
        program.serve_all();
        Joins each = joins_of(
            program.program, [&] { program.settle(); }, kept);
        if (each.problem.empty()) each.problem = program.wrong_album(Rest::ended);
        return each;
    });
    judge_joins(joins, readme(3));
}

namespace {

std::string sanitized_run(Flavour flavour) {
    Thumbnailer program({.pictures = 16, .connections = 4}, sanitized(flavour), flavour);
    program.settle();
    const Rest rest = program.serve_all();
    const std::string wrong = wrong_sanitized_run(program.program, rest);
    return wrong.empty() ? program.wrong_album(rest) : wrong;
}

}  // namespace

TEST_CASE("has no data race") {
    judge(standing::no_data_race, {.problem = under_sanitizer(Flavour::thread_sanitizer, sanitized_run),
                                   .saw = "16 pictures under ThreadSanitizer, to the end: nothing to report",
                                   .read = readme(3)});
}

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error, {.problem = under_sanitizer(Flavour::address_sanitizer, sanitized_run),
                                      .saw = "16 pictures under AddressSanitizer, to the end: nothing to report",
                                      .read = readme(3)});
}

TEST_CASE("does not busy-wait") {
    Thumbnailer program({.pictures = 4, .connections = 2});
    const Rest rest = program.settle();
    judge(standing::no_busy_wait, {.problem = program.does_not_wait(rest, "while the host holds two pictures"),
                                   .saw = "while the host held two pictures, every thread was asleep",
                                   .read = readme(3)});
}

TEST_CASE("refuses bad flags") {
    const Words usual = {"--config", "/dev/null"};
    judge_refusals({{{"--connections", "0"}, {"--connections", "0"}},
                    {{"--connections", "65"}, {"--connections", "65"}},
                    {{"--width", "0"}, {"--width", "0"}},
                    {{"--width", "16385"}, {"--width", "16385"}},
                    {{"--workers", "none"}, {"--workers", "none"}},
                    {{"--host", "somewhere"}, {"--host", "somewhere"}},
                    {{"--config", "/nonexistent"}, {"/nonexistent"}},
                    {usual, {"/dev/null", "client_id"}}},
                   readme(8));
}
