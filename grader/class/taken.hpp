// What is taken out of a submission, wherever it lies: the exercises' sources and the answers, and nothing else.
#pragma once

#include <ctime>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "grader/judge/submission.hpp"
#include "ground/manifest.hpp"

// The names that a submission has for them: "labs/ch01_countdown/countdown_threads_v1.cpp", "answers/ch01.md".
using Wanted = std::set<std::string>;
Wanted wanted_of(const std::vector<ChapterEntry>& chapters);

// How much of one file is read. One that is larger is no exercise.
constexpr std::size_t most_of_a_file = 1024 * 1024;

struct Taken {
    std::string problem;                // why nothing can be read; "" where something was
    std::map<std::string, Text> files;  // by wanted name: those that are there, if only as a problem
    std::optional<std::time_t> time;    // when it was handed in
};

// A wanted name, and the folder that it was found in: "" or "repo-main". Nothing for any other path, and none that
// leads upwards. Separators may be those of Windows.
struct FoundFile {
    std::string folder, name;
};
std::optional<FoundFile> wanted_in(std::string path, const Wanted& wanted);

// Not a folder of a student's: macOS's own, and hidden ones.
bool is_of_the_system(std::string_view name);
