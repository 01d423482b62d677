// Does this system let the grader do what it needs? Tried before anything is graded: what a container refuses must
// never look like a fault of a program.
#pragma once

#include <string>

#include "grader/compile/build.hpp"

// Puts a small program of the grader's own on the stage: its call is held, its memory read, its descriptor looked at,
// its end brought about. Then starts an empty program with each sanitizer. Throws std::runtime_error with what is
// refused and what to allow. To be called before anything else is started: what is left of these programs is swept
// away with all that descends from this process.
void require_system(const Kit& kit);

// Why programs built with the sanitizer do not start here, and what to allow; "" where they do. As require_system
// found it: a failure of the kit for the criteria that need it, and for no others. Safe to call from several threads.
std::string sanitizer_problem(Flavour flavour);
