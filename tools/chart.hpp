// What a chapter's chart draws of the table that its program prints.
#pragma once

#include <string>
#include <vector>

#include "ground/csv.hpp"
#include "ground/manifest.hpp"
#include "tools/amdahl.hpp"

struct Bar {
    std::string label;
    double value = 0;
    double error = 0;  // as much as it may be off, either way
};

// `text` from the header of the chart's table on: a program may print other lines before it.
std::string table_in(const std::string& text, const ChartEntry& chart);

// What `chart` draws of the table, in the order of its rows. Throws a CsvError where a column is
// missing, something is not a number above 0, or there is no row.
std::vector<Bar> bars_of(const Csv& csv, const ChartEntry& chart);

// The same for a chart of speed-ups: its labels are numbers of threads.
std::vector<SpeedupPoint> points_of(const Csv& csv, const ChartEntry& chart);
