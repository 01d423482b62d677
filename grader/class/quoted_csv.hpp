// Tables with any text in their cells, as spreadsheets read and write them (RFC 4180). The kit's programs print simpler
// ones: ground/csv.hpp.
#pragma once

#include <string>
#include <vector>

using CsvRow = std::vector<std::string>;

// Rows of a text in UTF-8, with or without a byte order mark; cells are separated by commas, or by semicolons where
// there is no comma in the first line. Rows without a text are left out. Throws std::runtime_error where a quotation
// mark is not closed.
std::vector<CsvRow> read_quoted_csv(const std::string& text);

// A row with its line end. Every cell is printable and in one line; one that a spreadsheet would take for a formula
// begins with an apostrophe.
std::string csv_row(const CsvRow& cells);

// Text of a student's choice in one line: as printable() does it, and line feeds are spelled out, too.
std::string printable_line(const std::string& text);
