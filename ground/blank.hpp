// Is anything written there?
#pragma once

#include <string>

// True where a reader of this Markdown sees a letter or a digit, of any script, or a symbol that is no
// punctuation. Blanks of all kinds, characters without a width, &nbsp;, and the marks of an empty list, heading,
// quotation or block of code are nothing, and so are comments and placeholders.
bool says_something(const std::string& markdown);

// The text without its <!-- comments -->; one that is not closed takes the rest along.
std::string without_comments(const std::string& text);

// Does it hold the place of an answer, and nothing else? "TODO", "n/a", "Your answer:".
bool is_placeholder(const std::string& markdown);
