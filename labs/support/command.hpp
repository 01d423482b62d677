// Other programs, run to their end.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

// Is there a command of that name in PATH?
bool has_command(const std::string& name);

// What the program prints. Its remarks, on stderr, go nowhere. Throws std::runtime_error where it does not end with 0.
std::string output_of(const std::filesystem::path& file, const std::vector<std::string>& arguments);
