// What the build left in build/labs/support for each chapter: what its programs are linked with, or why they
// cannot be built on this machine.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

// "libcurl is not installed"; "" where nothing is missing. `chapter` is its id, `build` the build folder.
std::string missing_for(const std::filesystem::path& build, const std::string& chapter);

// Libraries of given code by their targets' names, then arguments for the linker: "support_network", "support",
// "-lcurl". The plain library alone for what is no chapter.
std::vector<std::string> linked_with(const std::filesystem::path& build, const std::string& chapter);
