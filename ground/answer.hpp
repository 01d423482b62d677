// What a student wrote in an answers file: between `<!-- answer N -->` and `<!-- end of answer N -->`.
#pragma once

#include <string>

std::string answer_begin(const std::string& question);  // the marker
std::string answer_end(const std::string& question);

struct Answer {
    std::string text;     // without comments and without tables that are not filled in; "" where there is none
    std::string problem;  // "line 12: ..." where there is none although something was written, or a marker is missing
};

Answer answer_to(const std::string& file, const std::string& question);

// Why no answer can be found in this file: it is in UTF-16, or has none of the markers; "" where that is not so.
std::string unreadable(const std::string& file);
