// A program in the place of this one, for a while.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

// Runs it with our input and output, and returns its exit code, or 128 and the signal's number. Ctrl-C is meant for
// it. Throws std::runtime_error where it cannot be started.
int run_to_end(const std::filesystem::path& file, const std::vector<std::string>& arguments);
