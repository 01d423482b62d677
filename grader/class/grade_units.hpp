// Grades units, each by a ./kit grade of its own: what crashes it, fills its memory or keeps it for ever costs that one
// unit alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "grader/class/results.hpp"

struct UnitGrading {
    std::vector<std::string> grader;  // the command; what follows is PROGRAM --submission DIR --json FILE
    int jobs = 1;                     // so many at once
    std::filesystem::path work;       // for folders of a moment's work
};

struct GradedUnits {
    std::map<std::string, UnitResult> results;  // by the unit's digest: also those in which the kit failed
    std::vector<std::string> failures;          // "countdown_processes of Alice: ...": what the kit could not judge
    std::size_t graded = 0;
};

// A unit, and for people whose it is.
struct NamedUnit {
    GradingUnit unit;
    std::string of;
};

// Keeps each result when it is there, but for those in which the kit failed: these are tried once more at the end, alone.
// Throws std::runtime_error where results cannot be kept.
GradedUnits grade_units(const std::vector<NamedUnit>& units, const UnitGrading& grading, const KeptResults& kept);
