// A chapter's hints, read from labs/chNN_topic/hints.txt: text for people to read and compare.
//
//     What stands before the first heading is for whoever opens the file.
//
//     # countdown_processes
//
//     1. Two things have to go on at once, so the program needs two processes.
//        fork() makes the second one.
//
//     2. In the loop over the names: fork ...
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

// By program, from the concept to nearly the answer, each on one line. Throws std::runtime_error that names the
// file and the line where a number is not the next one, or where text belongs to no hint.
std::map<std::string, std::vector<std::string>> read_hints(const std::filesystem::path& file);
