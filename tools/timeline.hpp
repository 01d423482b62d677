// Pictures in characters, for a terminal: when each actor was at work, how long each bar is.
#pragma once

#include <string>
#include <vector>

#include "ground/style.hpp"
#include "tools/chart.hpp"
#include "tools/performance.hpp"

// "9.97 s", as exact as `scale` seconds as a whole ask for.
std::string seconds_text(double seconds, double scale);

// One row an actor, a block for each stretch, `scale` seconds in the width of the screen.
std::string timeline(const Performance& performance, const std::vector<std::string>& actors, double scale,
                     const Style& style);

// The seconds below the rows.
std::string time_axis(const std::vector<std::string>& actors, double scale);

// One row a bar: its label, its amount, and its length in proportion to the longest.
std::string bar_rows(const std::vector<Bar>& bars, const Style& style);
