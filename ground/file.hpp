// Whole files, as they are. Safe from any thread.
#pragma once

#include <filesystem>
#include <string>

// Throws std::runtime_error with the file's name where it cannot be read.
std::string read_file(const std::filesystem::path& file);

// The same, or "" where it cannot.
std::string read_if_there(const std::filesystem::path& file);

// Throws std::runtime_error with the file's name where it cannot be written.
void write_file(const std::filesystem::path& file, const std::string& text);
