// Whether one thread's line may be cut by another's.
#pragma once

#include <string>

#include "grader/stage/program.hpp"

// Of a program with Policy::hold_writes, and Setting::pieces where threads share a buffer: holds each writer in the
// middle of whatever it writes, and looks whether another writes meanwhile; then `problem` says so. Sleepers are
// woken where nobody else can go on.
Rest run_for_cut_lines(Program& program, std::string& problem);
