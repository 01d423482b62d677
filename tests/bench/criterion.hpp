// What a criterion asks the grader, and what it tells it.
//
// Each test case of a chapter is one criterion and runs in a process of its own, which ./kit grade starts. It ends
// with exactly one call of judge; an exception that it does not catch is recorded as a failure of the kit.
#pragma once

#include <filesystem>
#include <string>

#include "grader/compile/flavour.hpp"
#include "grader/judge/record.hpp"

// Records the verdict, and fails the test case where it does not hold.
void judge(const Judgement& judgement);

// What this criterion is about. Both throw std::runtime_error where ./kit grade has not started it.
std::string program_name();  // countdown_threads_v1
std::filesystem::path executable(Flavour flavour = Flavour::plain);
