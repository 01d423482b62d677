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
    if (program.held().empty()) return "the program asks for no picture: " + program.situation();
    program.send(program.held().front());
    program.settle();
    if (program.finished().empty() && program.files() == 0)
        return "a picture has come, others have not, and no thread resizes it: " + program.situation();
    if (program.held().size() < connections)
        return "while a picture is resized, not all 3 connections are in use: " + program.situation();
    return "";
}

}  // namespace

TEST_CASE("downloads and resizes at once") {
    judge(in_turn(),
          {.saw = "while one picture was resized, three others were on their way",
           .expected = "threads that download go on while other threads, or processes, resize",
           .why = "a thread that does both in turn leaves its connection idle while it resizes, and its core "
                  "idle while it downloads",
           .read = readme(6)});
}

namespace {

std::string wrong_resizers(int workers) {
    constexpr int connections = 3;
    Thumbnailer program({.pictures = 14, .connections = connections, .workers = workers}, with_renames_held);
    program.serve_all();
    const std::string flag = "with --workers " + std::to_string(workers) + " and enough pictures, ";
    const std::vector<Held> finished = program.finished();
    std::set<pid_t> threads;
    for (const Held& one : finished) threads.insert(one.thread);
    const auto least = static_cast<std::size_t>(workers);
    // One pool for both stages may have more at it than that, but no more than threads.
    if (threads.size() < least || threads.size() > least + connections)
        return flag + counted(threads.size(), "thread has", "threads have") +
               " a picture to resize: " + program.situation();
    return program.wrong_album(program.let_all_finish());
}

// One of two never gets on, until all others are done.
std::string held_back_by_a_resizer() {
    constexpr std::size_t pictures = 10;
    Thumbnailer program({.pictures = pictures, .connections = 3, .workers = 2, .queue = 2}, with_renames_held);
    program.serve_all();
    if (program.finished().empty()) return "no thread resizes: " + program.situation();
    const Held stuck = program.finished().front();
    for (bool moved = true; moved;) {
        std::vector<Held> others = program.finished();
        std::erase_if(others, [&](const Held& held) { return held.id == stuck.id; });
        moved = !others.empty();
        program.let_finish(others);
    }
    for (std::size_t i = 1; i <= pictures; ++i)
        if (i != Thumbnailer::number_of(stuck) && !program.has_told(i))
            return "one of two resizers was stuck, and the line of " + name_of(i) +
                   " was never printed: " + program.situation();
    return program.wrong_album(program.let_all_finish());
}

}  // namespace

TEST_CASE("keeps --workers resizers at work") {
    std::string problem;
    for (const int workers : {1, 2, 5})
        if (problem.empty()) problem = wrong_resizers(workers);
    if (problem.empty()) problem = held_back_by_a_resizer();
    judge(problem,
          {.saw = "with --workers 1, 2 and 5, that many pictures were resized at once; when one resizer of two "
                  "was stuck, the other did the rest",
           .expected = "--workers threads, or processes, resize at once while pictures remain",
           .why = "fewer resizers than cores leave a core idle; resizing is bounded by the number of cores",
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
                              ", and with every resizer held, ";
    const std::size_t asked = program.ever_asked();
    if (asked > most || asked < static_cast<std::size_t>(queue))
        return flags + "the program asked for " + counted(asked, "picture", "pictures") + "; " + program.situation();
    return program.wrong_album(program.let_all_finish());
}

}  // namespace

TEST_CASE("downloads no more while no resizer moves") {
    std::string problem = no_back_pressure(1, 2, 1);
    if (problem.empty()) problem = no_back_pressure(12, 3, 2);
    if (problem.empty()) problem = no_back_pressure(2, 1, 3);
    judge(problem, {.saw = "with three sets of sizes, and every resizer held, the program asked for at most --queue + "
                           "--connections + --workers pictures",
                    .expected = "the queue has --queue places, and put sleeps while it is full: back-pressure",
                    .why = "without a bound the whole album may end up in memory, however large it is",
                    .read = readme(6)});
}

namespace {

// With so few places that each stage depends on the other all the time.
const ThumbnailPlan narrow{.pictures = 12, .connections = 4, .workers = 2, .queue = 1};

std::string stuck_after(const std::string& what, const std::function<void(Thumbnailer&, const HttpRequest&)>& fail) {
    Thumbnailer program(narrow);
    program.serve([&](std::size_t number, const HttpRequest& request) {
        if (number <= 10) fail(program, request);
        else program.send(request);
    });
    const std::string problem = program.wrong_album(program.settle(), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    return problem.empty() ? "" : problem + "; this was when ten of twelve pictures " + what;
}

// A thumbnail cannot be written where there is a folder of that name.
std::string stuck_at_the_disk() {
    Thumbnailer program(narrow);
    program.settle();
    for (const std::size_t number : {1, 2, 3, 5, 6, 7, 8}) std::filesystem::create_directory(program.file_of(number));
    const std::string problem = program.wrong_album(program.serve_all(), {1, 2, 3, 5, 6, 7, 8});
    return problem.empty() ? "" : problem + "; this was when seven of twelve thumbnails could not be written";
}

// Of resizers that are processes.
std::string stuck_at_a_killed_one() {
    Thumbnailer program(narrow, with_renames_held);
    program.serve_all();
    const std::vector<Held> finished = program.finished();
    if (finished.empty() || finished.front().process == program.program.process()) return "";
    program.program.signal(finished.front().process, SIGKILL);
    const std::string problem =
        program.wrong_album_but(program.let_all_finish(), {Thumbnailer::number_of(finished.front())});
    return problem.empty() ? "" : problem + "; this was after a resizer was killed";
}

}  // namespace

TEST_CASE("a failing stage drains, and nothing hangs") {
    std::string problem = stuck_after("were answered with 404", [](Thumbnailer& program, const HttpRequest& request) {
        program.world.answer(request, 404);
    });
    if (problem.empty())
        problem = stuck_after("could not be decoded", [](Thumbnailer& program, const HttpRequest& request) {
            program.world.answer(request, 200, "<html>over capacity</html>");
        });
    if (problem.empty()) problem = stuck_at_the_disk();
    if (problem.empty()) problem = stuck_at_a_killed_one();
    judge(problem,
          {.saw = "downloads failed, pictures could not be decoded, thumbnails could not be written: all others "
                  "were made, and the program came to its end",
           .expected = "each stage goes on after a failure until nothing more can come",
           .why = "if a stage ends early, the one before it sleeps in put for ever, since the queue stays full",
           .read = readme(7)});
}
