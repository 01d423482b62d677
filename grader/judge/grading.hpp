// Grades a submission: builds each exercise by itself, runs each criterion in a process of its
// own, and adds up. What can fail alone fails alone.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/compile/build.hpp"
#include "grader/contain/keeper.hpp"
#include "grader/judge/grade.hpp"
#include "ground/manifest.hpp"

struct Graded {
    Grade grade;
    std::vector<std::string> failures;  // of the kit itself: what it could not judge, and why
};

// One program's criteria against `source`. `only`: the names of those to judge, all where it is empty.
struct ProgramGraded {
    ProgramGrade grade;
    std::vector<std::string> failures;
};
ProgramGraded grade_program(const Kit& kit, const ChapterEntry& chapter, const ProgramEntry& program,
                            const std::string& source, const std::vector<std::string>& only = {});

// That of a program that is not there or cannot be built, and why.
ProgramGrade nothing_to_judge(const ChapterEntry& chapter, const ProgramEntry& program, const std::string& problem);

// That of a program of which the kit could not find out anything.
ProgramGrade nothing_known(const ChapterEntry& chapter, const ProgramEntry& program, const std::string& failure);

// `folder` as in submission.hpp. Throws UsageError.
Graded grade_submission(const Kit& kit, const std::filesystem::path& folder, const std::vector<ChapterEntry>& chapters);

// What a grading that is interrupted may leave behind.
std::vector<Leftovers> leftovers(const Kit& kit);
