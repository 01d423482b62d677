// A submission in a zip file. Nothing is written to disk: the wanted files alone are read, each up to its limit, so
// neither a name nor a bomb in it can do any harm.
#pragma once

#include "grader/class/taken.hpp"

bool is_zip(const std::filesystem::path& file);  // by its name

// Never throws for what it finds in the file. Files lie at the top, or all in one folder there; links are not followed.
Taken read_zip(const std::filesystem::path& file, const Wanted& wanted);
