// What each page shows, as the JSON that its script reads. The scripts beside this file are its only readers. All text
// in it went through shown().
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "grader/pages/reasons.hpp"
#include "grader/report/submitted.hpp"

// The text of each question, by chapter and number ("ch01", "1").
using Questions = std::map<std::pair<std::string, std::string>, std::string>;

// From the templates in root/answers/; a question that cannot be found there has no text.
Questions questions_in(const std::filesystem::path& root, const Grade& grade);
Questions questions_in(const std::filesystem::path& root, const std::vector<ChapterEntry>& chapters);

nlohmann::ordered_json submitted_data(const Submitted& submitted, const Questions& questions);

// The same, with what a class knows of the student at `place`.
nlohmann::ordered_json student_data(const ClassResults& results, std::size_t place, const Questions& questions);

nlohmann::ordered_json class_data(const ClassResults& results);

nlohmann::ordered_json question_data(const ClassResults& results, const ChapterEntry& chapter,
                                     const QuestionEntry& question, const Questions& questions);

// The files of a class, from its folder.
std::string page_of_student(const Student& student);                                       // students/017-alice.html
std::string page_of_question(const ChapterEntry& chapter, const QuestionEntry& question);  // questions/ch01-1.html
