// What somebody wrote in an answers file: between `<!-- answer N -->` and `<!-- end of answer N -->`.
#pragma once

#include <string>

std::string answer_begin(const std::string& question);  // the marker
std::string answer_end(const std::string& question);

// The answer to a question, without comments and without tables that nobody has filled in; "" where
// there is none, or where a marker is missing.
std::string answer_to(const std::string& text, const std::string& question);
