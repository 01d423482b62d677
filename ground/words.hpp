// The words of a text for people, to compare texts by: without case, punctuation and Markdown's marks.
#pragma once

#include <string>
#include <vector>

using WordList = std::vector<std::string>;

// "It's `ping_pool`, isn’t it?" is its, ping_pool, isnt, it.
WordList words_of(const std::string& text);

// Do they follow one another in `all`? No words do, nowhere.
bool has_run(const WordList& all, const WordList& words);
