// Chapter 6, thumbnails_threads: threads download, main resizes. Each test case is one criterion, run by itself; points
// are in chapter.json.
#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch06_images/thumbnailer.hpp"

TEST_CASE("downloads by threads of its own") {
    Thumbnailer program({.pictures = 6, .connections = 4});
    program.settle();
    std::string problem;
    if (program.held().size() < 2) problem = "before the first picture has come, " + program.situation();
    else if (program.program.tasks().size() < 3) problem = "no thread downloads beside main: " + program.situation();
    judge(problem, {.saw = "several pictures were on their way at once, asked for by threads beside main",
                    .expected = "threads download, while main waits for what they bring",
                    .why = "a download waits for its host, and several threads can wait at the same time",
                    .read = readme(2)});
}

namespace {

std::string resized_elsewhere() {
    Thumbnailer program({.pictures = 5, .connections = 5}, {.policy = {.hold_renames = true}});
    program.serve_all();
    const std::vector<Held> finished = program.finished();
    if (finished.empty()) return "all pictures have come, and no thread resizes them: " + program.situation();
    for (const Held& one : finished)
        if (one.thread != program.program.process())
            return "a thread beside main makes a thumbnail: " + program.situation();
    return program.wrong_album(program.let_all_finish());
}

}  // namespace

TEST_CASE("main resizes, and nobody else") {
    judge(resized_elsewhere(), {.saw = "main made each thumbnail",
                                .expected = "threads download and hand over, and main resizes",
                                .why = "a thread that resizes leaves its connection unused meanwhile; task 2 has "
                                       "threads for both",
                                .read = readme(3)});
}
