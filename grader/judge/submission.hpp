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
    std::string problem;      // why there is none, in words for the report
    std::string remark = "";  // "labs/...: line 1: ..." what is unusual about it
};

// `name` is relative to the folder. Never throws for what it finds there.
Text read_submitted(const std::filesystem::path& folder, const std::string& name);

// The same for what the compiler reads: without a byte-order mark, with plain ends of lines, and no longer in UTF-16. It
// is the same program, with the same numbers of its lines.
Text read_source(const std::filesystem::path& folder, const std::string& name);

struct AnswersGrade {
    std::vector<AnswerGrade> answers;
    std::vector<std::string> remarks;  // "answers/ch01.md: line 12: ..."
};

// What counts as an answer: see ground/answer.hpp. `file` is what was handed in as the chapter's answers file, `given`
// the kit's own; "" where there is no other. Pictures are looked for in the folder, the submission.
AnswersGrade grade_answers(const ChapterEntry& chapter, const std::string& file, const std::string& given = "",
                           const std::filesystem::path& folder = {});

// For readers: what the student wrote to each question, by chapter and question ("ch01", "1"), as UTF-8; "" where
// there is nothing of the student's own. `file` and `given` are those of grade_answers.
std::map<std::pair<std::string, std::string>, std::string> answer_texts(const ChapterEntry& chapter,
                                                                        const std::string& file,
                                                                        const std::string& given = "");
