// Tables as the kit's programs print them: a header, then rows, commas between, no quotes.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

// What is wrong with a table, with its name and the line: "FILE:3: seconds is 'x': give ...".
struct CsvError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct Csv {
    std::string name;  // for messages: the file, or whose output it is
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;  // row i stood in line i + 2; as wide as the header
};

// What stands between the commas of one line, at least one cell.
std::vector<std::string> cells_of(const std::string& line);

// Throws a CsvError for a table without a header, or a row that is not as wide.
Csv read_csv(const std::string& text, const std::string& name);

// The place of a column. Throws a CsvError where there is none of that name.
std::size_t column_of(const Csv& csv, const std::string& column);

// A number above 0, or of 0 or more, in decimal digits. Throws a CsvError for everything else.
double number_at(const Csv& csv, std::size_t row, std::size_t column, bool may_be_zero = false);
