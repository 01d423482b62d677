// A submission: any folder with labs/chNN_topic/NAME.cpp and answers/chNN.md in it. Only these
// files are read, and nothing through a link that leads out of the folder.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "grader/judge/grade.hpp"
#include "ground/manifest.hpp"
#include "ground/usage_error.hpp"

// Throws UsageError where `folder` holds nothing that could be graded.
void require_submission(const std::filesystem::path& folder, const std::vector<ChapterEntry>& chapters);

struct Text {
    bool ok = false;
    std::string text;
    std::string problem;  // why there is none, in words for the report
};

// `name` is relative to the folder. Never throws for what it finds there.
Text read_submitted(const std::filesystem::path& folder, const std::string& name);

struct AnswersGrade {
    std::vector<AnswerGrade> answers;
    std::vector<std::string> remarks;  // "answers/ch01.md: line 12: ...": why something written there does not count
};

// A question counts as answered when a letter, a digit or a symbol stands between its markers, <!-- answer N --> and
// <!-- end of answer N -->, outside of comments. `file` is the text of the chapter's answers file.
AnswersGrade grade_answers(const ChapterEntry& chapter, const std::string& file);

// For readers: what the student wrote to each question, by chapter and question ("ch01", "1"), as UTF-8; "" where
// there is nothing. `file` is the text of the chapter's answers file, as it was handed in.
std::map<std::pair<std::string, std::string>, std::string> answer_texts(const ChapterEntry& chapter,
                                                                        const std::string& file);
