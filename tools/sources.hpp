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

// The anchors that GitHub makes for a Markdown file's headings, and those that it names itself.
std::set<std::string> anchors_of(const std::string& markdown);

// What a Markdown file links to, code left out.
std::vector<std::string> links_of(const std::string& markdown);

// The "labs/....md#anchor" in a source's strings.
std::vector<std::string> readme_strings(const std::string& source);
