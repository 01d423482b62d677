// Chapter 6, thumbnails_processes: main downloads, worker processes resize. Each test case is one criterion, run by
// itself; points are in chapter.json.
#include <algorithm>
#include <csignal>
#include <set>

#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch06_images/thumbnailer.hpp"
#include "grader/debug/freezer.hpp"
#include "support/encode.hpp"

namespace {

const Setting with_renames_held{.policy = {.hold_renames = true}};

std::string resizes_in_main() {
    Thumbnailer program({.pictures = 3}, with_renames_held);
    program.serve_all();
    const std::vector<Held> finished = program.finished();
    if (finished.empty() && program.files() == 0)
        return "pictures have come, and no process makes a thumbnail: " + program.situation();
    for (const Held& one : finished)
        if (one.process == program.program.process()) return "main makes a thumbnail itself: " + program.situation();
    // Files that are written in their place do not show which process writes them.
    const bool alone = program.program.stage().trace.count(Event::Kind::process_created) == 0;
    return alone ? "the program has no child process: " + program.situation() : "";
}

}  // namespace

TEST_CASE("resizes by processes of its own") {
    judge(resizes_in_main(),
          {.saw = "a child process made the thumbnail",
           .expected = "a child process gets the picture, and makes its thumbnail",
           .why = "a decoder reads bytes that a stranger made: if it crashes in a process of its own, "
                  "only that process is gone",
           .read = readme(4)});
}

namespace {

std::string wrong_workers(std::size_t workers) {
    constexpr std::size_t pictures = 8;
    Thumbnailer program({.pictures = pictures, .workers = static_cast<int>(workers)}, with_renames_held);
    const std::string flag = "with --workers " + std::to_string(workers) + ", ";
    std::set<pid_t> all;
    Rest rest = program.serve_all();
    for (std::size_t left = pictures; left > 0; --left) {
        const std::vector<Held> finished = program.finished();
        std::set<pid_t> now;
        for (const Held& one : finished) now.insert(one.process);
        if (now.size() != std::min(workers, left) || finished.size() != now.size())
            return flag + "while " + counted(left, "picture remains", "pictures remain") + ", " +
                   counted(now.size(), "process resizes", "processes resize") + ": " + program.situation();
        all.insert(now.begin(), now.end());
        rest = program.let_finish({finished.front()});
    }
    const std::string problem = program.wrong_album(rest);
    if (!problem.empty()) return problem;
    const auto made = static_cast<std::size_t>(program.program.stage().trace.count(Event::Kind::process_created));
    return all.size() == workers && made == workers
               ? ""
               : flag + "the program started " + counted(made, "process", "processes") + " for 8 pictures";
}

}  // namespace

TEST_CASE("keeps --workers processes at work, started once") {
    std::string problem;
    for (const std::size_t workers : {1, 2, 5})
        if (problem.empty()) problem = wrong_workers(workers);
    judge(problem,
          {.saw = "with --workers 1, 2 and 5, the program started that many processes, once, and all of them "
                  "resized at once",
           .expected = "the program starts --workers child processes once, and each has a picture while any "
                       "remain",
           .why = "fewer leave a core idle; with one process per picture, hundreds may compete for a few cores",
           .read = readme(4)});
}

namespace {

// One large picture: which process spends the processor time for it? main's share, for receiving it and handing it over,
// is less than a hundredth. So comparing the two leaves a margin of a hundred.
std::string computes_in_main() {
    Thumbnailer program({.pictures = 1, .workers = 1}, with_renames_held);
    program.settle();
    const std::vector<HttpRequest> held = program.held();
    if (held.empty()) return "the program asks for no picture: " + program.situation();
    const pid_t main = program.program.process();
    const double before = processor_seconds_of(main);
    constexpr int width = 5000, height = 3000;
    program.world.answer(held.front(), 200, png_of({width, height, 1, std::vector<std::uint8_t>(width * height, 7)}));
    const Rest rest = program.settle();
    const std::vector<Held> finished = program.finished();
    if (finished.empty()) return program.does_not_wait(rest, "when a large picture had come");
    return processor_seconds_of(main) - before < processor_seconds_of(finished.front().process)
               ? ""
               : "main has used more processor time than the process that made the thumbnail";
}

std::string waits_for_workers() {
    Thumbnailer program({.pictures = 6, .workers = 2}, with_renames_held);
    program.serve([&](std::size_t number, const HttpRequest& request) {
        if (number <= 2) program.send(request);
    });
    program.settle();
    const std::vector<HttpRequest> held = program.held();
    if (held.empty() || program.finished().size() < 2)
        return "main does not download the next picture while two workers are busy: " + program.situation();
    const auto owners = owners_of(program.world.port(), program.program.process(), program.program.tasks());
    const auto owner = owners.find(program.world.client_port(held.front()));
    if (owner == owners.end() || owner->second != program.program.process())
        return "a worker downloads, not main: " + program.situation();
    program.let_all_finish();
    for (const std::size_t first : {1, 2})
        if (const std::string wrong = program.wrong_thumbnail(first); !wrong.empty())
            return wrong + ", after two pictures had come and before the next one did; " + program.situation();
    program.serve_all();
    return program.wrong_album(program.let_all_finish());
}

}  // namespace

TEST_CASE("main downloads while they resize") {
    std::string problem = waits_for_workers();
    if (problem.empty()) problem = computes_in_main();
    judge(problem, {.saw = "while both workers resized, main asked for the next picture; both thumbnails were on disk "
                           "before that one came",
                    .expected = "main gives a picture to a free worker, and downloads the next one",
                    .why = "if main waits for each result before the next download, only one thing goes on at a time",
                    .read = readme(4)});
}

namespace {

constexpr std::size_t pictures = 9;

std::vector<std::size_t> numbers_to(std::size_t last) {
    std::vector<std::size_t> numbers;
    for (std::size_t i = 1; i <= last; ++i) numbers.push_back(i);
    return numbers;
}

// What its picture becomes is the program's choice: failed, or done by another worker.
std::string lost_with(std::size_t killed) {
    constexpr std::size_t workers = 3;
    Thumbnailer program({.pictures = pictures, .workers = workers}, with_renames_held);
    program.serve_all();
    const std::vector<Held> finished = program.finished();
    if (finished.size() < killed)
        return "with --workers 3, " + counted(finished.size(), "process resizes", "processes resize") + ": " +
               program.situation();
    std::vector<std::size_t> perhaps = killed < workers ? std::vector<std::size_t>{} : numbers_to(pictures);
    for (std::size_t i = 0; i < killed; ++i) {
        if (finished[i].process == program.program.process()) return "main resizes: " + program.situation();
        perhaps.push_back(Thumbnailer::number_of(finished[i]));
        program.program.signal(finished[i].process, SIGKILL);
    }
    const std::string problem = program.wrong_album_but(program.let_all_finish(), perhaps);
    return problem.empty()
               ? ""
               : problem + "; this was after " + counted(killed, "worker was", "workers were") + " killed at work";
}

// It has no picture yet: main is ended by a signal when it writes to it, unless it ignores that.
std::string killed_idle() {
    Thumbnailer program({.pictures = pictures, .workers = 2});
    program.settle();
    pid_t worker = 0;
    for (const Task& task : program.program.tasks())
        if (task.process != program.program.process()) worker = task.process;
    if (worker == 0) return "";  // started with its first picture: another criterion is about that
    program.program.signal(worker, SIGKILL);
    program.settle();
    const Rest rest = program.serve_all();
    std::vector<std::size_t> perhaps = numbers_to(pictures);
    std::erase_if(perhaps, [&](std::size_t number) { return program.has_told(number); });
    if (perhaps.size() > 1) perhaps.resize(1);
    const std::string problem = program.wrong_album_but(rest, perhaps);
    return problem.empty() ? "" : problem + "; this was after a worker was killed that had no picture yet";
}

}  // namespace

TEST_CASE("a worker that is killed costs its own picture alone") {
    std::string problem = lost_with(1);
    if (problem.empty()) problem = killed_idle();
    if (problem.empty()) problem = lost_with(3);
    judge(problem,
          {.saw = "one worker was killed at work, one while it was idle, then all three: only the pictures that they "
                  "had failed, or other workers made them, and the program came to its end",
           .expected = "when a worker's socket is at its end, its picture alone has failed, and the others go on",
           .why = "a process of its own keeps one bad picture from taking the others along; main must not undo that",
           .read = readme(5)});
}
