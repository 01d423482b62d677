// Writes what a member of the class hands in.
#pragma once

#include "plan.hpp"

// A folder or a zip in `folder`, with the member's name. Throws std::runtime_error where it cannot be written.
void make_submission(const Member& member, const std::vector<ChapterEntry>& chapters, const std::filesystem::path& root,
                     const std::filesystem::path& folder);
