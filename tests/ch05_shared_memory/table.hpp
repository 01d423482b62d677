// The table that scaling prints.
#pragma once

#include <string>
#include <vector>

#include "bench/words.hpp"

inline const std::string table_header = "threads,seconds,speedup,efficiency,serial_fraction";

struct Row {
    Words columns;  // as printed
    double threads = 0, seconds = 0, speedup = 0, efficiency = 0, fraction = 0;
};

// Appends the rows that are well-formed. Says which is not, or "".
std::string read_rows(const Words& lines, std::vector<Row>& rows);

// Which figure does not follow from the seconds, or "".
std::string wrong_figures(const std::vector<Row>& rows);

// Within what rounding to 3 digits, twice, can do.
bool near(double saw, double wanted, double slack = 0);
