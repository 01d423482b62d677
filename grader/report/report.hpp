// A Grade, in the formats that people and machines read. All carry the same verdicts.
// Each returns the whole text; writing it to a file is write_report's task.
#pragma once

#include <filesystem>
#include <string>

#include "grader/judge/grade.hpp"
#include "ground/style.hpp"

// What a student reads, at most 80 columns wide; with colours for a terminal alone.
std::string terminal_report(const Grade& grade, const Style& style);

std::string json_report(const Grade& grade);       // the kit's own, version 2
std::string junit_report(const Grade& grade);      // JUnit XML
std::string classroom_report(const Grade& grade);  // GitHub Classroom: base64 of its runner's JSON, below 100 kB
// Classroom 50: its result.json, classroom50/result/v1. Whose it is comes from the variables that its runner sets.
std::string classroom50_report(const Grade& grade);
std::string gradescope_report(const Grade& grade);  // Gradescope's results.json
std::string markdown_report(const Grade& grade);    // for a comment on GitHub: below 65,536 bytes

// Back from json_report; of an order not its exit code, problem and decision, of its history what history_json.hpp says.
// Throws std::runtime_error where the text is no such report.
Grade grade_from_json(const std::string& text);

// Commands to GitHub's runner, which shows each at its file and line: for its eyes alone, whereas no line of the others
// is a command. At most ten errors, as it shows no more, and a notice for each file with open questions.
std::string annotations_report(const Grade& grade);

// Why no report can be written there, in words that go behind the file's name; "" where one can.
std::string why_not_writable(const std::filesystem::path& file);

// Writes to a temporary file beside `file`, then renames: a reader never sees half a report.
// Throws std::runtime_error that names the file and the reason.
void write_report(const std::filesystem::path& file, const std::string& text);
