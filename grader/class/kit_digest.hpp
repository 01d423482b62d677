// A short name for everything of the kit that the verdict on a program depends on. Where it stays the same, a verdict
// need not be found again.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "ground/chapter.hpp"

// What it is made of: the program's entry in its chapter.json (but for what only runs and shows it), the chapter's
// criteria and what all criteria share (tests/), the engine (grader/, but for its reports, this room and texts),
// ground/, the given code (labs/support/ and the chapter's headers and given programs), and `settings`: the compiler,
// its version and flags. The system's libraries are not in it.
class KitDigest {
  public:
    // Throws std::runtime_error where the kit cannot be read.
    KitDigest(std::filesystem::path root, const std::vector<std::string>& settings);

    std::string of(const ChapterEntry& chapter, const ProgramEntry& program);

  private:
    const std::filesystem::path root_;
    std::string shared_;                           // of all programs
    std::map<std::string, std::string> chapters_;  // by id: of all of the chapter's
};
