// Writing a release into a folder, where a student may have worked since the last one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/release/tree.hpp"

// The digests of what was handed out, beside it: what tells a changed file from one that is as it was.
inline constexpr const char* manifest_name = ".kit-release.json";

struct HandedOut {
    std::size_t added = 0, updated = 0, unchanged = 0;
    std::vector<std::string> removed;  // the kit does not have them any more, and nobody had changed them
    std::vector<std::string> kept;     // changed there, and left as they are
};

// Throws UsageError where `folder` has something in it and is no release of this form, so that nothing of it is lost.
// A new repository (.git alone) is as good as an empty folder.
void require_release_or_empty(const std::filesystem::path& folder, const std::string& form);

// Makes `folder` hold `tree`, but for the files that were changed there. Each file is written whole or not at all, and
// what was interrupted can be run again. Never follows a link inside the folder, whatever the manifest there says.
// Throws std::runtime_error where a file cannot be written.
HandedOut hand_out(const Tree& tree, const std::filesystem::path& folder, const std::string& form);
