// A submission in a folder: its files at the top, or all of them in one folder there, or in one zip there.
#pragma once

#include "grader/class/taken.hpp"

// Does it hold labs/ or answers/ itself?
bool holds_submission(const std::filesystem::path& folder);

// The folders in it and the zips, in the order of their names, but for those of the system.
struct Inside {
    std::vector<std::filesystem::path> folders, zips, others;
};
Inside inside(const std::filesystem::path& folder);

// Never throws for what it finds there. Nothing is read through a link that leads out of the folder.
Taken read_folder(const std::filesystem::path& folder, const Wanted& wanted);
