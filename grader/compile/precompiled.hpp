// The precompiled preamble: what programs include of the standard library (preamble.hpp), read once instead of for each.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/compile/build.hpp"

// A folder with preamble.hpp, precompiled so as `command` with `sanitizer` compiles: made where there is none. None where
// that does not work: it is larger than any program, and only saves time. Safe to call from several threads.
std::optional<std::filesystem::path> precompiled(const Kit& kit, const std::vector<std::string>& command,
                                                 const std::vector<std::string>& sanitizer);

// Where they are kept.
std::filesystem::path preambles_of(const Kit& kit);
