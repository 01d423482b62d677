// Which lines of a student's program the evidence is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/judge/grade.hpp"

// The lines that `text` names as "PROGRAM.cpp:31", in order and each once; at most a few.
std::vector<int> named_lines(std::string_view text, const std::string& program);

// Those that a criterion's evidence names. Where it names none, those that decided the order that breaks the program.
std::vector<int> lines_of_evidence(const CriterionGrade& criterion, const std::string& program);
