// This time and an earlier time: who gained, who lost, by which criterion, and why.
#pragma once

#include <string>
#include <vector>

#include "grader/report/submitted.hpp"

struct GradeChange {
    std::string student;
    std::string program;      // or answers/ch01.md; "" where it concerns the whole submission
    std::string criterion;    // or question 1
    std::string before, now;  // "2", "kit failed", "not judged", or "" where there was, or is, none
    int gained = 0;           // points; below 0: lost
    std::string why;
};

// `earlier` is the text of a class.json. Chapters and programs that only one of the two times has are left out: what
// was not asked for was not lost. Throws std::runtime_error where the text is none.
std::vector<GradeChange> changes_since(const std::string& earlier, const ClassResults& now);

std::string changes_csv(const std::vector<GradeChange>& changes);

// For people: each student with what was gained and lost, or that nothing has changed.
std::string changes_table(const std::vector<GradeChange>& changes);
