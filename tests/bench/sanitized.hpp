// Runs of programs that were built with a sanitizer (grader/judge/sanitizer.hpp).
#pragma once

#include <functional>
#include <string>

#include "grader/judge/sanitizer.hpp"

// What `run` finds wrong with this build, or why there is none; "" where all is well.
std::string under_sanitizer(Flavour flavour, const std::function<std::string(Flavour)>& run);

// What is wrong with such a run once it has settled, or "": what the sanitizer found; else which thread waits for
// what, where the program hangs; else its end. Results are to be looked at afterwards, since of a program that hangs
// they are incomplete. Throws std::runtime_error where the sanitizer itself could not go on: that is the system's
// fault, not the program's.
std::string wrong_sanitized_run(Program& program, Rest rest, int exit_code = 0);
