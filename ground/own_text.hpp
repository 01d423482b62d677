// What of a text is a student's own: neither the question, nor a comment, nor a table to be filled in. Plain functions
// without state: safe from any thread.
#pragma once

#include <string>

#include "ground/words.hpp"

// The words of a question, sentence by sentence.
struct Asked {
    explicit Asked(const std::string& question);

    WordList words;
    std::vector<WordList> sentences, lines;

    // Is each of its sentences in this text?
    bool is_all_in(const std::string& text) const;
};

// The text with blanks in the place of what is not the student's own. Each line stays where it is.
//
// The question's sentences are not, wherever they are repeated, nor are lines that quote (> ...) a part of it, nor is a
// part of it that ends with a question mark. An answer may use the question's words, so no more than that is taken away.
std::string own_text(const std::string& text, const Asked& asked);

// A text without its comments, in the same lines.
std::string with_blank_comments(std::string text);
