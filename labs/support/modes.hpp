// What offload_client's modes took, over one link and over several: chapter 8's table and its pictures.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

constexpr const char* stays_here = "none";  // the mode that sends nothing
constexpr int slowdown = 4;                 // of the client, in what is measured for these pictures

struct Mode {
    std::string name;
    double seconds = 0, deviation = 0;
};
using Modes = std::vector<Mode>;

// What the modes took over one link.
struct Row {
    double rate = 0;  // bytes a second
    Modes modes;
};

// The table that the client prints, from its header "mode,samples,mean_s,stdev_s" on. These three throw
// std::runtime_error where there is none.
Modes modes_in(std::istream& text);
const Mode& mode_of(const Modes& modes, const std::string& name);
const Mode& fastest(const Modes& modes);

std::string seconds(double value);     // "0.311 s"
std::string times_text(double times);  // "3.14"
std::string rate_text(double rate);    // "200 kB/s"

// What gnuplot is to do: bars with standard deviations, and lines over link rates, slow ones first. `file` ends in
// .svg or .png.
std::string modes_script(const Modes& modes, const std::string& file);
std::string links_script(const std::vector<Row>& rows, const std::string& file);
