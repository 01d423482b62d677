// Measured numbers as lines, drawn by gnuplot: over a few places on a logarithmic axis.
#pragma once

#include <string>
#include <vector>

// A place on an axis.
struct Tick {
    std::string label;
    double at;
};

// A dotted line across, from side to side.
struct Level {
    std::string label;
    double at;
    bool is_below = false;  // where its label is
};

struct DrawnLine {
    enum class Look { measured, baseline, ideal };  // the baseline is what the others are compared with

    std::string name;
    std::vector<double> values;  // one for each tick
    Look look = Look::measured;
};

struct LineChart {
    std::string title, subtitle, x_unit, y_unit;
    std::vector<Tick> ticks{};  // from left to right
    std::vector<DrawnLine> lines{};
    std::string key;              // where gnuplot puts what the lines are: "top right"
    bool is_logarithmic = false;  // upwards, too: `lowest` is more than 0 then
    double lowest = 0, highest;   // of what is drawn
    std::vector<Level> levels{};
};

// Ends in .svg or .png.
std::string lines_script(const LineChart& chart, const std::string& file);
