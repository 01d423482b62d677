// What is asked of ./kit class: the command line, and what it names, read.
#pragma once

#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/class/places.hpp"
#include "grader/class/roster.hpp"
#include "grader/compile/build.hpp"

struct Part {
    int number = 1, of = 1;  // of == 1: the whole class
};

struct ClassRequest {
    std::vector<Place> places;
    std::vector<ChapterEntry> chapters;
    std::vector<Enrolled> roster;
    std::optional<std::time_t> due;
    std::string compared;  // the text of an earlier class.json
    std::filesystem::path out, results;
    std::string collect;
    bool forget = false;
    int jobs = 1;
    Part part;
};

// Throws UsageError. What cannot be read of a submission costs that one alone, later.
ClassRequest request_from(int argc, char** argv, const Kit& kit);
