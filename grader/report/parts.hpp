// What the reports have in common: how a verdict reads in words. All of it is printable, and no
// line of it is a command to GitHub's runner, whatever a student's program printed.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/judge/grade.hpp"
#include "ground/style.hpp"

// "saw       Alice printed ...", then expected, why and read: in lines of at most `width` columns.
std::vector<std::string> evidence_lines(const CriterionGrade& criterion, std::size_t width);

// A short picture of the order that breaks the program; none where there is no order.
std::vector<std::string> order_lines(const CriterionGrade& criterion, std::size_t width, const Style& style);

// What the compiler said, each line after a bar; none where the program was built.
std::vector<std::string> build_error_lines(const ProgramGrade& program, std::size_t width);

// Where the kit failed, no format says how many points there are.
constexpr const char* no_grade = "no grade: the kit failed";

// "9 of 21", or no_grade.
std::string score_of(const Grade& grade);
std::string score_of(const ProgramGrade& program);

// All failures of the kit, each said once, with how many criteria it kept from being judged. Empty where there was
// none.
std::vector<std::string> kit_failures(const Grade& grade);

// The same in one text for formats that have one place for it: "THE KIT FAILED ...", or "".
std::string kit_failure_text(const Grade& grade);

// Why some of a program's criteria were not judged; empty where all were.
std::string waiting(const ProgramGrade& program);

// What to tell about a criterion that does not hold, in one text: the evidence, what it waits for, or how the kit
// failed. What the compiler said stands with the first criterion of a program alone.
std::string explanation(const ProgramGrade& program, const CriterionGrade& criterion);

// The one thing to do next.
std::string next_step(const Grade& grade);

// The file in which a question is answered: answers/ch01.md.
std::string answers_file(const AnswerGrade& answer);

// What to tell about a question: "not answered", and what is wrong with what was written; "" where all is well.
std::string explanation(const AnswerGrade& answer);

// All remarks on the submission, one in each line.
std::string all_remarks(const Grade& grade);

// `text` with at most so many bytes of it, and what was left out: "... (1,234 more characters)".
std::string cut(const std::string& text, std::size_t most);

// What `report` makes of the grade, in at most `most` bytes: where it would be longer, all pieces of evidence are cut
// to one length, halved until it fits.
std::string fitted(const Grade& grade, std::size_t most, std::string (*report)(const Grade&));

bool everything_holds(const Grade& grade);

// As JSON writes it: "holds", "fails", "waits", "kit_failed".
const char* name_of(Verdict verdict);

// What begins a failure of the kit in the place of evidence, in JSON.
constexpr const char* kit_failed_prefix = "THE KIT FAILED: ";

// JSON text of ASCII alone: bytes that are no UTF-8 are replaced, not refused.
std::string json_text(const nlohmann::ordered_json& document);
