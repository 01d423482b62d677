// The forms of a release: the students' repository, and for services that grade the same kit with what they start.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/release/tree.hpp"

// With a README of their own, a workflow of GitHub Actions and a dev container.
Tree students_repository(const std::filesystem::path& root, const std::vector<ChapterEntry>& chapters);

// autograder.py and what it needs, for the folder of one assignment in the repository of a Classroom 50.
Tree classroom50_bundle(const std::filesystem::path& root, const std::vector<ChapterEntry>& chapters);

// autograder.zip, to be uploaded. Two of the same kit are the same, byte for byte.
Tree gradescope_bundle(const std::filesystem::path& root, const std::vector<ChapterEntry>& chapters);
