// Does this system let the grader do what it needs? Tried before anything is graded: what a container refuses must
// never look like a fault of a program.
#pragma once

#include <string>

#include "grader/build.hpp"

// Puts a small program of the grader's own on the stage: its call is held, its memory read, its descriptor looked at,
// its end brought about. Throws std::runtime_error with what is refused and what to allow.
void require_system();

// Whether programs built with the sanitizer start here; tried once for each, with an empty one. "", or why not and
// what to allow. Safe to call from several threads. Throws std::runtime_error where nothing can be compiled.
std::string sanitizer_problem(const Kit& kit, Flavour flavour);
