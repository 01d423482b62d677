// What ThreadSanitizer does not know of a program's means: with them it crashes, or takes a right program
// for a race.
#pragma once

#include <string>

// A quick look at the text that a student wrote. False: there is nothing of it in there.
bool may_confuse(const std::string& source);

// What it is, with what to write instead; "" where there is nothing. `preprocessed` is the program as -E
// prints it, with its line markers, and `name` what those call the program's own file.
std::string not_understood(const std::string& preprocessed, const std::string& name);
