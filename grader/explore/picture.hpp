// A picture of what happened in one order: a lane for each thread, a row for each step, the last words at the end. The
// same in characters, for a terminal or a code block, and as SVG.
#pragma once

#include <cstddef>
#include <string>

#include "grader/explore/history.hpp"
#include "ground/style.hpp"

namespace explore {

struct Drawing {
    Style style;
    std::size_t width = screen_columns;
    bool code = true;  // each line of the source in full; else its number alone
};

// Lines, each with its end. In parts, for those who show one row after the other.
std::string picture_head(const History& history, const Drawing& drawing);
std::string picture_row(const History& history, std::size_t row, const Drawing& drawing);
std::string picture_end(const History& history, const Drawing& drawing);
std::string picture(const History& history, const Drawing& drawing);

// As Markdown: a heading, the schedule, and the picture in a code block. `title`: the command that was played.
std::string markdown_picture(const History& history, const std::string& title);

// A whole SVG file: light and dark, without scripts. `title`: "bounded_queue, an order that breaks it".
std::string svg_picture(const History& history, const std::string& title);

}  // namespace explore
