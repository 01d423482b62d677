// What gnuplot is told to draw: a script with its data, which writes NAME.png and NAME.svg, NAME
// being the chart's program.
#pragma once

#include <string>
#include <vector>

#include "tools/amdahl.hpp"
#include "tools/chart.hpp"

// `source` stands below the title: what was run, or the file that was read. It and the labels may
// hold anything.
std::string bars_script(const ChartEntry& chart, const std::vector<Bar>& bars, const std::string& source);

// Points over threads, beside the ideal line and Amdahl's law with the fraction that fits best.
std::string speedup_script(const ChartEntry& chart, const std::vector<SpeedupPoint>& points, const std::string& source);
