// Programs that were built with a sanitizer: how they start, what it found, and whether it could work at all.
#pragma once

#include <string>

#include "grader/compile/flavour.hpp"
#include "grader/stage/program.hpp"

// How to start one.
Setting sanitized(Flavour flavour, Setting setting = {});

// What it found, or "". Throws std::runtime_error where the sanitizer itself could not go on: that is the system's
// fault, not the program's.
std::string found_by_sanitizer(const Program& program);

// In what a program said on stderr: the line by which a sanitizer gives up, and the remedy. "" where it did
// not, or had found something before.
std::string sanitizer_died(const std::string& errors);
