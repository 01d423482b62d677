// Words for evidence.
#pragma once

#include <string>
#include <vector>

#include "ground/some_of.hpp"

using Words = std::vector<std::string>;

std::string in_quotes(const std::string& text);
std::string counted(std::size_t number, const char* one, const char* many);  // "no lines", "1 line", "2 lines"
std::string list_in_quotes(const Words& words);                              // "nothing" for none; some of many

// "with --from 3 --tick 1s"; of many arguments the first few, and how many there are; "without arguments".
std::string with_arguments(const Words& arguments);

// A hang comes first, and where it was seen after it: "mode both: the program hangs: X" becomes "the program hangs: X
// (mode both)". Other evidence stays as it is.
std::string hang_first(const std::string& saw);

// The same command line with each flag and its value in one word: "--from", "3" becomes "--from=3".
Words with_equals(const Words& arguments);
