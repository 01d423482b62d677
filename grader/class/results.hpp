// What was graded once is kept: a result for each program and source, under everything that it depends on.
//
// Safe to use from several threads, and from several processes and machines at once on one file system.
#pragma once

#include <ctime>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "grader/compile/kept.hpp"
#include "grader/judge/grade.hpp"
#include "ground/chapter.hpp"

// One program of one student: what its result depends on, and nothing else. Two students who hand in the same text have
// one.
struct GradingUnit {
    const ChapterEntry* chapter = nullptr;
    const ProgramEntry* program = nullptr;
    std::string source;
    std::string kit;  // kit_digest.hpp

    Recipe recipe() const;
    std::string digest() const;  // of the recipe
};

struct UnitResult {
    ProgramGrade grade;
    std::string contained;
    std::time_t time = 0;  // when it was found
};

class KeptResults {
  public:
    // Makes the folder. Throws std::runtime_error where there can be none.
    explicit KeptResults(std::filesystem::path folder);

    // None where there is none, or where it cannot be read.
    std::optional<UnitResult> find(const GradingUnit& unit) const;

    // `report` is that of ./kit grade --json. It is there whole or not at all, also where this process is killed meanwhile.
    void keep(const GradingUnit& unit, const std::string& report) const;

    // Removes all others. Returns how many.
    std::size_t forget_all_but(const std::set<std::filesystem::path>& used) const;
    std::filesystem::path place_of(const GradingUnit& unit) const;  // "" where nothing is kept

  private:
    const std::filesystem::path folder_;
};

// Whose turn it is among `parts` machines, from 1: by the digest alone, so that each unit is one's, and no one else's.
int part_of(const GradingUnit& unit, int parts);
