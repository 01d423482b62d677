// The sources of a class, laid out as JPlag and Dolos expect them:
//
//   DIR/PROGRAM/submissions/017-alice/PROGRAM.cpp    JPlag's root, a folder per student
//   DIR/PROGRAM/starter/PROGRAM.cpp                  JPlag's base code, Dolos's file to ignore
//   DIR/PROGRAM/info.csv                             what Dolos reads: filename, full_name, label, created_at
#pragma once

#include <filesystem>
#include <vector>

#include "grader/class/class_work.hpp"

struct Collected {
    std::size_t sources = 0;
    std::size_t untouched = 0;  // starters as they were given out: these are left out
};

// `root` is the kit's folder. Throws UsageError where `folder` is there and not empty, std::runtime_error where it
// cannot be written.
Collected collect(const std::vector<HandedIn>& class_, const std::vector<ChapterEntry>& chapters,
                  const std::filesystem::path& root, const std::filesystem::path& folder);
