// What the reports have in common: how a verdict reads in words. All of it is printable, and no
// line of it is a command to GitHub's runner, whatever a student's program printed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/grade.hpp"

// "saw       Alice printed ...", then expected, why and read: in lines of at most `width` columns.
std::vector<std::string> evidence_lines(const CriterionGrade& criterion, std::size_t width);

// What the compiler said, each line after a bar; none where the program was built.
std::vector<std::string> build_error_lines(const ProgramGrade& program, std::size_t width);

// Why some of a program's criteria were not judged; empty where all were.
std::string waiting(const ProgramGrade& program);

// What to tell about a criterion that does not hold, in one text: the evidence, or what it waits
// for.
std::string explanation(const ProgramGrade& program, const CriterionGrade& criterion);

// The one thing to do next.
std::string next_step(const Grade& grade);

// The file in which a question is answered: answers/ch01.md.
std::string answers_file(const AnswerGrade& answer);

bool everything_holds(const Grade& grade);

// JSON text of ASCII alone: bytes that are no UTF-8 are replaced, not refused.
std::string json_text(const nlohmann::ordered_json& document);
