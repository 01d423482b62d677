// From what the students of a class handed in to what is shown of them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "grader/class/grade_units.hpp"
#include "grader/class/kit_digest.hpp"
#include "grader/class/places.hpp"
#include "grader/class/roster.hpp"
#include "grader/report/submitted.hpp"

// A student, and the files that were taken from the submission.
struct HandedIn {
    Student student;
    Taken taken;
};

// Reads them all, several at once.
std::vector<HandedIn> read_all(const std::vector<Place>& places, const Wanted& wanted,
                               const std::filesystem::path& work);

// What the roster says of the class.
struct Attendance {
    std::vector<std::string> missing;  // on the roster, and handed in nothing
    std::vector<std::string> unknown;  // handed in, and are not on the roster
    std::vector<std::string> twice;    // students with more than one submission: each is graded
};

// Gives students the names that they have on the roster, and adds those who are missing.
Attendance compare_with_roster(std::vector<HandedIn>& class_, const std::vector<Enrolled>& roster);

void mark_late(std::vector<HandedIn>& class_, std::time_t due);

// Gives each student a name for files, "017-alice": once the class is complete.
void give_ids(std::vector<HandedIn>& class_);

// All that has to be graded, each once: whoever handed in the same text has the same unit. `digest` is asked for each
// program once.
std::vector<NamedUnit> units_of(const std::vector<HandedIn>& class_, const std::vector<ChapterEntry>& chapters,
                                KitDigest& digest);

// Fills in the grades. `results` by digest of the units. `kit`: its folder, which has the answers files as they were
// given out.
ClassResults class_results(const std::filesystem::path& kit, const std::vector<HandedIn>& class_,
                           const std::vector<ChapterEntry>& chapters, const std::vector<NamedUnit>& units,
                           const std::map<std::string, UnitResult>& results);
