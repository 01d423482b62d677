// Chapter 6, thumbnails_pipeline: downloaders and resizers, with a queue between. Each test case is one criterion, run
// by itself; points are in chapter.json.
#include <csignal>
#include <filesystem>
#include <set>

#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch06_images/thumbnailer.hpp"

namespace {

const Setting with_renames_held{.policy = {.hold_renames = true}};

std::string in_turn() {
    constexpr std::size_t connections = 3;
    Thumbnailer program({.connections = connections, .workers = 1}, with_renames_held);
    program.settle();
    if (program.held().empty()) return "no picture is asked for: " + program.situation();
    program.send(program.held().front());
    program.settle();
    if (program.finished().empty() && program.files() == 0)
        return "a picture has come, others have not, and nobody resizes it: " + program.situation();
    if (program.held().size() < connections)
        return "while a picture is resized, " + counted(program.held().size(), "other is", "others are") +
               " on their way: " + program.situation();
    return "";
}

}  // namespace

TEST_CASE("downloads and resizes at once") {
    judge(in_turn(), {.saw = "while one picture was resized, three others were on their way",
                      .expected = "a stage of threads that download, and one of those who resize",
                      .why = "who does both in turn leaves the network idle half of the time, and the cores the rest",
                      .read = readme(6)});
}

namespace {

std::string wrong_resizers(int workers) {
    constexpr int connections = 3;
    Thumbnailer program({.pictures = 14, .connections = connections, .workers = workers}, with_renames_held);
    program.serve_all();
    const std::string flag = "with --workers " + std::to_string(workers) + ", and pictures for all of them, ";
    const std::vector<Held> finished = program.finished();
    std::set<pid_t> threads;
    for (const Held& one : finished) threads.insert(one.thread);
    const auto least = static_cast<std::size_t>(workers);
    // One pool for both stages may have more at it than that, but no more than threads.
    if (threads.size() < least || threads.size() > least + connections)
        return flag + counted(threads.size(), "resizer is", "resizers are") + " at work: " + program.situation();
    return program.wrong_album(program.let_all_finish());
}

// One of two never gets on, until all others are done.
std::string held_back_by_a_resizer() {
    constexpr std::size_t pictures = 10;
    Thumbnailer program({.pictures = pictures, .connections = 3, .workers = 2, .queue = 2}, with_renames_held);
    program.serve_all();
    if (program.finished().empty()) return "nobody resizes: " + program.situation();
    const Held stuck = program.finished().front();
    for (bool moved = true; moved;) {
        std::vector<Held> others = program.finished();
        std::erase_if(others, [&](const Held& held) { return held.id == stuck.id; });
        moved = !others.empty();
        program.let_finish(others);
    }
    for (std::size_t i = 1; i <= pictures; ++i)
        if (i != Thumbnailer::number_of(stuck) && !program.has_told(i))
            return "one of two resizers was stuck, and " + name_of(i) +
                   " was never told by the other: " + program.situation();
    return program.wrong_album(program.let_all_finish());
}

}  // namespace

TEST_CASE("keeps --workers resizers at work") {
    std::string problem;
    for (const int workers : {1, 2, 5})
        if (problem.empty()) problem = wrong_resizers(workers);
    if (problem.empty()) problem = held_back_by_a_resizer();
    judge(problem, {.saw = "1, 2 and 5 workers: that many resized at once; one of two was stuck, and the other did the "
                           "rest",
                    .expected = "--workers threads, or processes, each with a picture while there are any",
                    .why = "resizing is bounded by the number of cores: fewer resizers leave one idle",
                    .read = readme(7)});
}

namespace {

std::string no_back_pressure(int queue, int connections, int workers) {
    const auto most = static_cast<std::size_t>(queue + connections + workers);
    Thumbnailer program({.pictures = most + 8, .connections = connections, .workers = workers, .queue = queue},
                        with_renames_held);
    program.serve_all();
    const std::string flags = "with --queue " + std::to_string(queue) + " --connections " +
                              std::to_string(connections) + " --workers " + std::to_string(workers) +
                              ", and no resizer moving, ";
    const std::size_t asked = program.ever_asked();
    if (asked > most || asked < static_cast<std::size_t>(queue))
        return flags + counted(asked, "picture was", "pictures were") + " asked for; " + program.situation();
    return program.wrong_album(program.let_all_finish());
}

}  // namespace

TEST_CASE("downloads no more while no resizer moves") {
    std::string problem = no_back_pressure(1, 2, 1);
    if (problem.empty()) problem = no_back_pressure(12, 3, 2);
    if (problem.empty()) problem = no_back_pressure(2, 1, 3);
    judge(problem, {.saw = "with three sizes of all: while no resizer moved, no more than --queue + --connections + "
                           "--workers pictures were asked for",
                    .expected = "a queue of --queue places, whose put sleeps while it is full: back-pressure",
                    .why = "without a bound the whole album may lie in memory, however large it is",
                    .read = readme(6)});
}

namespace {

// With so few places that everybody depends on everybody.
const ThumbnailPlan narrow{.pictures = 12, .connections = 4, .workers = 2, .queue = 1};

std::string stuck_behind(const std::string& what, const std::function<void(Thumbnailer&, const HttpRequest&)>& fail) {
    Thumbnailer program(narrow);
    program.serve([&](std::size_t number, const HttpRequest& request) {
        if (number <= 10) fail(program, request);
        else program.send(request);
    });
    const std::string problem = program.wrong_album(program.settle(), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    return problem.empty() ? "" : "ten pictures of twelve " + what + ", and " + problem;
}

// A thumbnail can not be written where there is a folder of that name.
std::string stuck_behind_the_disk() {
    Thumbnailer program(narrow);
    program.settle();
    for (const std::size_t number : {1, 2, 3, 5, 6, 7, 8}) std::filesystem::create_directory(program.file_of(number));
    const std::string problem = program.wrong_album(program.serve_all(), {1, 2, 3, 5, 6, 7, 8});
    return problem.empty() ? "" : "seven thumbnails of twelve could not be written, and " + problem;
}

// Of resizers that are processes.
std::string stuck_behind_a_killed_one() {
    Thumbnailer program(narrow, with_renames_held);
    program.serve_all();
    const std::vector<Held> finished = program.finished();
    if (finished.empty() || finished.front().process == program.program.process()) return "";
    program.program.signal(finished.front().process, SIGKILL);
    const std::string problem =
        program.wrong_album_but(program.let_all_finish(), {Thumbnailer::number_of(finished.front())});
    return problem.empty() ? "" : "a resizer was killed, and " + problem;
}

}  // namespace

TEST_CASE("a failing stage drains, and nothing hangs") {
    std::string problem = stuck_behind("answered with 404", [](Thumbnailer& program, const HttpRequest& request) {
        program.world.answer(request, 404);
    });
    if (problem.empty())
        problem = stuck_behind("were no pictures", [](Thumbnailer& program, const HttpRequest& request) {
            program.world.answer(request, 200, "<html>over capacity</html>");
        });
    if (problem.empty()) problem = stuck_behind_the_disk();
    if (problem.empty()) problem = stuck_behind_a_killed_one();
    judge(problem, {.saw = "downloads that failed, pictures that were none, thumbnails that could not be written: the "
                           "others came through, and the program to its end",
                    .expected = "each stage goes on behind a failure until there is nothing more for it",
                    .why = "a stage that ends early leaves the one before it asleep at a full queue for ever",
                    .read = readme(7)});
}

namespace {

long started_for(std::size_t pictures, std::string& problem) {
    Thumbnailer program({.pictures = pictures, .connections = 3, .workers = 2});
    problem = program.wrong_album(program.serve_all());
    const Trace& trace = program.program.stage().trace;
    return trace.count(Event::Kind::thread_created) + trace.count(Event::Kind::process_created);
}

std::string starts_more_for_more() {
    std::string problem;
    const long few = started_for(8, problem);
    if (!problem.empty()) return problem;
    const long more = started_for(20, problem);
    if (!problem.empty() || few == more) return problem;
    return "for 8 pictures " + std::to_string(few) + " threads and processes were started, for 20 pictures " +
           std::to_string(more);
}

}  // namespace

TEST_CASE("starts its workers once") {
    judge(starts_more_for_more(), {.saw = "as many threads and processes for 20 pictures as for 8",
                                   .expected = "--connections and --workers of them, that come back for the next "
                                               "picture",
                                   .why = "an album may have a thousand pictures: their number is no reason to start "
                                          "a thousand threads",
                                   .read = readme(6)});
}
