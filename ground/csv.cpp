#include "ground/csv.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>

#include "ground/text.hpp"

namespace {

std::string header_of(const Csv& csv) {
    std::string header;
    for (const std::string& column : csv.columns) header += (header.empty() ? "" : ",") + column;
    return header;
}

// What somebody's program printed, fit for one line.
std::string in_quotes(const std::string& text) {
    return "'" + printable(text.substr(0, 60)) + (text.size() > 60 ? "...'" : "'");
}

}  // namespace

std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells{""};
    for (const char c : line) {
        if (c == ',') cells.emplace_back();
        else cells.back() += c;
    }
    return cells;
}

Csv read_csv(const std::string& text, const std::string& name) {
    Csv csv{name, {}, {}};
    std::istringstream lines(text);
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        if (!line.empty() && line.back() == '\r') line.pop_back();
        std::vector<std::string> cells = cells_of(line);
        if (number == 1) {
            csv.columns = std::move(cells);
            continue;
        }
        if (cells.size() != csv.columns.size()) {
            throw CsvError(name + ":" + std::to_string(number) + ": " + std::to_string(cells.size()) + " columns in " +
                           in_quotes(line) + ": give " + std::to_string(csv.columns.size()) + ", as in the header " +
                           in_quotes(header_of(csv)));
        }
        csv.rows.push_back(std::move(cells));
    }
    if (number == 0) throw CsvError(name + ": is empty: give a header and a row for each bar");
    return csv;
}

std::size_t column_of(const Csv& csv, const std::string& column) {
    const auto found = std::find(csv.columns.begin(), csv.columns.end(), column);
    if (found == csv.columns.end()) {
        throw CsvError(csv.name + ":1: there is no column " + column + " in " + in_quotes(header_of(csv)) +
                       ": give a header with it");
    }
    return static_cast<std::size_t>(found - csv.columns.begin());
}

double number_at(const Csv& csv, std::size_t row, std::size_t column, bool may_be_zero) {
    const std::string& cell = csv.rows[row][column];
    char* end = nullptr;
    // strtod alone would also read "inf", "0x1p3", and blanks.
    const bool digits = !cell.empty() && cell.find_first_not_of("0123456789.eE+-") == cell.npos;
    const double value = digits ? std::strtod(cell.c_str(), &end) : 0;
    if (!digits || *end != '\0' || !std::isfinite(value) || value < 0 || (value == 0 && !may_be_zero)) {
        throw CsvError(csv.name + ":" + std::to_string(row + 2) + ": " + csv.columns[column] + " is " +
                       in_quotes(cell) + ": give a number " + (may_be_zero ? "of 0 or more" : "above 0"));
    }
    return value;
}
