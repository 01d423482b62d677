// What ./kit check reads in C++ sources and in Markdown. Plain functions of a file's text.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

std::vector<std::string> lines_of(const std::string& text);

// The lines that hold code, without comments and without blanks at either end.
std::vector<std::string> code_lines(const std::string& text);

// Of a starter: the code before its first TODO, which a solution has to have too; without what
// tells that something is still to do.
std::vector<std::string> given_code(const std::string& starter);

// The words that begin the lines of the comment at a file's top: Goal, Run, Expect ...
std::set<std::string> header_words(const std::string& text);

// The names of the TEST_CASEs.
std::vector<std::string> test_cases(const std::string& text);

// Each TEST_CASE's text, by its name.
std::map<std::string, std::string> test_case_texts(const std::string& text);

// The steps that a criterion tells students to read: the numbers in readme(...).
std::set<int> steps_to_read(const std::string& test_case);

// The words of code that stand in `backquotes` in the Demo of the comment at a solution's top, without strings.
std::vector<std::string> demo_words(const std::string& solution);

// All words of the code: names, keywords, and those of strings.
std::set<std::string> code_words(const std::string& source);

// The numbers of the TODOs, in the order of the lines.
std::vector<int> todo_numbers(const std::string& starter);

// The anchors that GitHub makes for a Markdown file's headings, and those that it names itself.
std::set<std::string> anchors_of(const std::string& markdown);

// The text below each heading "## Title", to the next one, by the title.
std::map<std::string, std::string> sections_of(const std::string& markdown);

// The rows of tables that begin with a column "criterion": its cells, without the table's head.
std::vector<std::vector<std::string>> criteria_rows(const std::string& markdown);

// The lines in code blocks that are commands of ./kit, from "./kit" on, without comments. Not those in a block that
// stands below <!-- not run: REASON -->.
std::vector<std::string> kit_commands(const std::string& markdown);

// What a Markdown file links to, code left out.
std::vector<std::string> links_of(const std::string& markdown);

// The "labs/....md#anchor" in a source's strings.
std::vector<std::string> readme_strings(const std::string& source);
