// A submission: any folder with labs/chNN_topic/NAME.cpp and answers/chNN.md in it. Only these
// files are read, and nothing through a link that leads out of the folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/grade.hpp"
#include "manifest.hpp"
#include "usage_error.hpp"

// Throws UsageError where `folder` holds nothing that could be graded.
void require_submission(const std::filesystem::path& folder, const std::vector<ChapterEntry>& chapters);

struct Text {
    bool ok = false;
    std::string text;
    std::string problem;  // why there is none, in words for the report
};

// `name` is relative to the folder. Never throws for what it finds there.
Text read_submitted(const std::filesystem::path& folder, const std::string& name);

// A question counts as answered when something other than blanks and HTML comments stands between
// its markers, <!-- answer N --> and <!-- end of answer N -->.
std::vector<AnswerGrade> grade_answers(const ChapterEntry& chapter, const std::string& text);
