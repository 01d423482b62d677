// A C++ text as a compiler's preprocessor sees it: names, literals and signs, without comments. Also
// what -E prints, with the markers that tell from where each line is.
#pragma once

#include <string>
#include <vector>

struct Token {
    enum Kind { name, literal, other };
    Kind kind;
    std::string text;  // of a string or character literal, what is between the quotes
    bool first_of_line = false;
    bool in_file = true;        // in the file itself, or in one that belongs to no library
    bool of_a_library = false;  // there by a macro of a library's, perhaps
    bool operator==(const Token& other) const { return kind == other.kind && text == other.text; }
};

// `file` is the name by which markers call the file itself; without one, markers are signs like others.
std::vector<Token> tokens_of(const std::string& text, const std::string& file = "");
