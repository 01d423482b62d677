// Measured numbers as bars, drawn by gnuplot.
#pragma once

#include <functional>
#include <string>
#include <vector>

struct DrawnBar {
    std::string label;
    double value = 0;
    double error = 0;    // a standard deviation, drawn as an error bar where any bar has one
    std::string amount;  // what stands above the bar
    double bound = 0;    // the least that it can be: a line across the bar, where any has one
};

struct BarChart {
    std::string title, subtitle, unit;
    std::vector<DrawnBar> bars;
    std::string bound = "";  // what the lines across the bars are; there is no subtitle then
};

// Ends in .svg or .png, and is a name that gnuplot can be told.
bool is_picture_name(const std::string& file);

// What gnuplot is to do. `file` ends in .svg or .png.
std::string bars_script(const BarChart& chart, const std::string& file);

// In quotes, for gnuplot's scripts: labels come from whatever file or program they come from.
std::string in_gnuplot_quotes(const std::string& text);

// The part of a script that says where the picture goes, and how large it is.
std::string gnuplot_output(const std::string& file);

// Can it be run? Looks through PATH.
bool has_gnuplot();

// False, and a line on stderr, where gnuplot is missing or does not like the script.
bool draw(const std::string& script);

// As NAME.svg and NAME.png, and prints these names; none where gnuplot is missing. `script` makes one for a file.
void draw_both(const std::string& name, const std::function<std::string(const std::string& file)>& script);
