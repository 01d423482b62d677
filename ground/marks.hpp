// What divides an answers file: its markers and its questions' headings, one by one.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

struct Mark {
    enum Kind { begin, end, heading };
    Kind kind;
    std::string question;
    std::size_t from, to;   // bytes of the file; a heading takes its line
    bool in_block = false;  // of code
};

// More are not looked for: a file with a pair for each question has far fewer.
constexpr std::size_t most_marks = 1'000;

// In their order. What is in a block of code counts where there is no other mark like it: an answer may quote them.
// A heading is one of any question; a marker is of one of these.
std::vector<Mark> marks_in(const std::string& file, const std::vector<std::string>& questions);
