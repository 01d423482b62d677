// Measured times as bars with error bars, drawn by gnuplot.
#pragma once

#include <string>
#include <vector>

struct MeasuredBar {
    std::string label;
    double mean = 0, deviation = 0;  // seconds
};

// Ends in .svg or .png, and is a name that gnuplot can be told.
bool is_picture_name(const std::string& file);

// False, and a line on stderr, where it cannot be drawn.
bool draw_bars(const std::string& file, const std::string& title, const std::vector<MeasuredBar>& bars);
