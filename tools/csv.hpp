// Tables as the kit's programs print them: a header, then rows, commas between, no quotes.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "amdahl.hpp"
#include "manifest.hpp"

// What is wrong with a table, with its name and the line: "FILE:3: seconds is 'x': give ...".
struct CsvError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Csv {
    std::string name;  // for messages: the file, or whose output it is
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  // row i stood in line i + 2; as wide as the header
};

// Throws a CsvError for a table without a header, or a row that is not as wide.
Csv read_csv(const std::string& text, const std::string& name);

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
