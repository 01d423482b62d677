// Chapter 6: what is to be in the folder afterwards, and when. Each test case is one criterion, run by itself, for the
// program that ./kit grade names; points are in chapter.json.
#include <csignal>
#include <filesystem>

#include "bench/catch.hpp"
#include "bench/standing.hpp"
#include "ch06_images/thumbnailer.hpp"
#include "ground/file.hpp"

TEST_CASE("every picture becomes its thumbnail") {
    std::string problem;
    for (const auto& [pictures, width] : std::vector<std::pair<std::size_t, int>>{
             {28, 32}, {5, 1}, {5, 16'384}, {1, 32}, {0, 32}}) {  // so wide enlarges nothing
        if (!problem.empty()) break;
        Thumbnailer program({.pictures = pictures, .width = width});
        problem = program.wrong_album(program.serve_all());
    }
    judge(problem,
          {.saw = "albums of 28, 5, 1 and no pictures, and widths of 1, 32 and 16,384 pixels: each picture got its own "
                  "thumbnail and its line",
           .expected = "for each picture there is NAME.png, as wide as --width says, or as the picture if that is less",
           .why = "a thumbnail under another picture's name is not noticed by a person who only counts files",
           .read = readme_of(3, 4, 7)});
}

namespace {

// Pictures come one by one, the last one first; one of them never comes until all others are there.
std::string waits_to_resize() {
    constexpr std::size_t pictures = 6;
    Thumbnailer program({.pictures = pictures, .connections = pictures});
    Rest rest = program.settle();
    for (std::size_t left = pictures; left > 0; --left) {
        const std::vector<HttpRequest> held = program.held();
        if (held.size() != left)
            return "with --connections 6 and " + counted(left, "picture", "pictures") + " to come, " +
                   program.situation();
        const std::size_t number = Thumbnailer::number_of(held.back());
        program.send(held.back());
        rest = program.settle();
        const std::string wrong = program.wrong_thumbnail(number);
        if (!wrong.empty() || !program.has_told(number))
            return (wrong.empty() ? "there is no line of " + name_of(number) : wrong) +
                   ", after it had come and before the others did; " + program.situation();
    }
    return program.wrong_album(rest);
}

}  // namespace

TEST_CASE("resizes what has come while others are on their way") {
    judge(
        waits_to_resize(),
        {.saw = "pictures came one by one, the last one first: each thumbnail was on disk before the next picture came",
         .expected = "each picture is resized as soon as it has come, in whatever order they come",
         .why = "while the other pictures are on their way, a core is free to compute",
         .read = readme_of(3, 5, 6)});
}

namespace {

const std::string older = "an older thumbnail";

// The first picture whose file is not as it was before its thumbnail got its name, in words; "" where there is none.
std::string begun_in_its_place(const Thumbnailer& program, std::size_t pictures) {
    for (std::size_t i = 1; i <= pictures; ++i) {
        const std::filesystem::path file = program.file_of(i);
        const std::string name = file.filename().string();
        if (i == 1 && (!std::filesystem::exists(file) || read_file(file) != older))
            return "the older " + name + " was gone before the new one was whole";
        if (i > 1 && std::filesystem::exists(file)) return name + " was there before it was whole";
    }
    return "";
}

std::string half_written() {
    constexpr std::size_t pictures = 4;
    for (const bool killed : {true, false}) {
        Thumbnailer program({.pictures = pictures}, {.policy = {.hold_renames = true}});
        program.settle();
        write_file(program.file_of(1), older);
        Rest rest = program.serve_all();
        std::string problem = begun_in_its_place(program, pictures);
        if (!problem.empty()) return problem;
        if (program.finished().empty())
            return "all pictures have come, and no thumbnail is made: " + program.situation();
        if (killed) {
            for (const Task& task : program.program.tasks()) program.program.signal(task.process, SIGKILL);
            program.settle();
            problem = begun_in_its_place(program, pictures);
        } else {
            rest = program.let_all_finish();
            problem = program.wrong_album(rest);
        }
        if (!problem.empty()) return killed ? problem + "; this was after kill -9" : problem;
    }
    return "";
}

}  // namespace

TEST_CASE("a thumbnail is there whole or not at all") {
    judge(half_written(), {.saw = "no thumbnail had its name before it was whole, not even after kill -9; an older one "
                                  "stayed until the new one took its place",
                           .expected = "the program writes each thumbnail under another name and renames it when it is "
                                       "whole, as make_thumbnail does",
                           .why = "a program that looks into the folder, after a crash too, takes what is there for a "
                                  "whole picture",
                           .read = readme(8)});
}
