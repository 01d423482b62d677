// What the build left in build/labs/support for each chapter, and for each program that needs more than its chapter:
// what programs are linked with, or why they cannot be built on this machine.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

// "libcurl is not installed"; "" where nothing is missing. `name` is a chapter's id or a program's name, `build` the
// build folder.
std::string missing_for(const std::filesystem::path& build, const std::string& name);

// Libraries of given code by their targets' names, then arguments for the linker: "support_network", "support",
// "-lcurl". `chapter` is its id. The plain library alone for what is no chapter.
std::vector<std::string> linked_with(const std::filesystem::path& build, const std::string& chapter);
