#include "ch05_shared_memory/table.hpp"

#include <cmath>
#include <cstdio>
#include <sstream>

#include "bench/digits.hpp"
#include "ground/csv.hpp"

std::string read_rows(const Words& lines, std::vector<Row>& rows) {
    if (lines.empty() || lines[0] != table_header)
        return "the first line is " + (lines.empty() ? "missing" : in_quotes(lines[0])) + ", not " +
               in_quotes(table_header);
    for (std::size_t i = 1; i < lines.size(); ++i) {
        Row row;
        row.columns = cells_of(lines[i]);
        const std::string where = "line " + std::to_string(i + 1) + " is " + in_quotes(lines[i]);
        if (row.columns.size() != 5)
            return where + ", which has " + counted(row.columns.size(), "column", "columns") + ", not 5";
        double* const values[] = {&row.threads, &row.seconds, &row.speedup, &row.efficiency, &row.fraction};
        for (std::size_t column = 0; column < 5; ++column) {
            const std::string& text = row.columns[column];
            if (column == 4 && text.empty() && row.threads == 1) continue;
            std::istringstream in(text);
            if (!(in >> *values[column]) || in.peek() != EOF || !std::isfinite(*values[column]))
                return where + ", in which " + in_quotes(text) + " is not a number";
            if (column == 1 && significant_digits(text) < 3)
                return where + ", in which " + in_quotes(text) + " has fewer than 3 significant digits";
        }
        if (row.threads == 1 && !row.columns[4].empty())
            return where + ", whose last column should be empty, since it is for 1 thread";
        rows.push_back(row);
    }
    return "";
}

bool near(double saw, double wanted, double slack) {
    return std::abs(saw - wanted) <= 0.012 * std::abs(wanted) + slack;
}

namespace {

std::string wrong_figure(const char* column, const Row& row, double saw, double wanted) {
    std::ostringstream text;
    text.precision(4);
    text << column << " is " << saw << " in the row of " << row.columns[0]
         << (row.threads == 1 ? " thread" : " threads") << ", but " << wanted << " follows from the seconds";
    return text.str();
}

}  // namespace

std::string wrong_figures(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const double speedup = rows[0].seconds / row.seconds, threads = row.threads;
        if (!near(row.speedup, speedup)) return wrong_figure("speedup", row, row.speedup, speedup);
        if (!near(row.efficiency, speedup / threads))
            return wrong_figure("efficiency", row, row.efficiency, speedup / threads);
        if (threads == 1) continue;
        const double share = 1 / threads, fraction = (1 / speedup - share) / (1 - share);
        if (!near(row.fraction, fraction, 0.012 / speedup / (1 - share)))
            return wrong_figure("serial_fraction", row, row.fraction, fraction);
    }
    return "";
}
