// What students wrote in an answers file, question by question: read right however the file was handed in, or told with
// the line. Plain functions without state: safe from any thread.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "ground/chapter.hpp"

struct Answer {
    // Where anything of the student's own is there: all that is between the markers, or else where the answer was found.
    // UTF-8 with plain ends of lines; "" where there is nothing.
    std::string text;
    bool answered = false;
    std::vector<std::string> remarks;  // "line 12: ..." what does not count, or was read although it is out of place
};

struct Answers {
    std::map<std::string, Answer> to;  // by question
    std::vector<std::string> remarks;  // on the whole file
};

// Is there such a picture, named relative to the folder that the answers file is in, or, with / first, to the submission?
using HasPicture = std::function<bool(const std::string& target)>;

// `file` is what was handed in, byte by byte, and `given` the kit's own template, which says what the questions are.
// Where students grade at home these are one file: the first paragraph under a heading is its question.
//
// A question counts as answered when there is something of the student's own (own_text.hpp, blank.hpp) and, where it
// asks for measured numbers, its table has them (measured.hpp).
Answers read_answers(const std::string& file, const std::string& given, const std::vector<QuestionEntry>& questions,
                     const HasPicture& has_picture);
