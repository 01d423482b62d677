// How a program keeps a sanitizer from seeing or reporting, or learns that there is one: told from what
// the compiler makes of its text, not from the words in it. Comments, literals and branches for other
// compilers are no crimes.
#pragma once

#include <string>

// A quick look at the text that a student wrote. False: there is nothing in it that could silence, however
// it is put together. True says no more than that it is worth a preprocessor's time.
bool may_silence(const std::string& source);

// The same program as the preprocessor (-E, with its line markers) prints it with the sanitizer and without.
struct Preprocessed {
    std::string sanitized, plain;
};

// What in it silences, as the end of "the program has ..."; "" where nothing does. `name` is what the line
// markers call the program's own file.
std::string silencing(const std::string& source, const Preprocessed& preprocessed, const std::string& name);
