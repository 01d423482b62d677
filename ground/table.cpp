#include "ground/table.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "ground/blank.hpp"

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream all(text);
    for (std::string line; std::getline(all, line);) lines.push_back(line);
    return lines;
}

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
    return begin == std::string::npos ? "" : text.substr(begin, end + 1 - begin);
}

// The bars at both ends may be missing. A bar after a backslash is text.
std::vector<std::string> cells_of(const std::string& row) {
    const std::string line = trimmed(row);
    std::vector<std::string> cells(1);
    for (std::size_t i = line[0] == '|' ? 1 : 0; i < line.size(); ++i) {
        if (line[i] == '|' && (i == 0 || line[i - 1] != '\\')) cells.emplace_back();
        else cells.back() += line[i];
    }
    if (cells.size() > 1 && line.back() == '|') cells.pop_back();
    for (std::string& cell : cells) cell = trimmed(cell);
    return cells;
}

bool has_bar(const std::string& line) {
    return line.find('|') != std::string::npos;
}

// The line under a table's heads: | --- | ---: |
bool is_rule(const std::string& line) {
    return has_bar(line) && line.find('-') != std::string::npos &&
           line.find_first_not_of(" \t|:-") == std::string::npos;
}

bool begins_with_bar(const std::string& line) {
    const std::size_t begin = line.find_first_not_of(" \t");
    return begin != std::string::npos && line[begin] == '|';
}

bool is_blank(const Row& row) {
    if (row.cells.size() == 1) return !says_something(row.cells[0]);
    return std::none_of(row.cells.begin() + 1, row.cells.end(), says_something);
}

// Nothing but its end stays of each line i for which goes(lines, i).
template <typename Goes>
std::string without_lines(const std::string& markdown, const Goes& goes) {
    const std::vector<std::string> lines = lines_of(markdown);
    std::string kept;
    for (std::size_t i = 0; i < lines.size(); ++i) kept += (goes(lines, i) ? "" : lines[i]) + "\n";
    return kept;
}

bool is_heads(const std::vector<std::string>& lines, std::size_t i) {
    return has_bar(lines[i]) && !is_rule(lines[i]) && i + 1 < lines.size() && is_rule(lines[i + 1]);
}

}  // namespace

std::vector<Table> tables_in(const std::string& markdown) {
    const std::vector<std::string> lines = lines_of(markdown);
    std::vector<Table> tables;
    for (std::size_t i = 0; i < lines.size() && tables.size() < most_tables; ++i) {
        if (!is_heads(lines, i)) continue;
        Table table{{i + 1, cells_of(lines[i])}, {}};
        for (i += 2; i < lines.size() && has_bar(lines[i]); ++i) table.rows.push_back({i + 1, cells_of(lines[i])});
        tables.push_back(std::move(table));
    }
    return tables;
}

bool has_number(const std::string& cell) {
    const auto is = [&cell](std::size_t i, int (*kind)(int)) {
        return i < cell.size() && kind(static_cast<unsigned char>(cell[i])) != 0;
    };
    bool in_name = false;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (is(i, std::isdigit) && !in_name) return true;
        in_name = is(i, std::isalpha) || cell[i] == '_' || (in_name && is(i, std::isdigit));
    }
    return false;
}

std::string without_blank_rows(const std::string& markdown) {
    return without_lines(markdown, [](const std::vector<std::string>& lines, std::size_t i) {
        return is_heads(lines, i) || is_rule(lines[i]) ||
               (begins_with_bar(lines[i]) && is_blank({i + 1, cells_of(lines[i])}));
    });
}

std::string without_tables(const std::string& markdown) {
    bool inside = false;
    return without_lines(markdown, [&inside](const std::vector<std::string>& lines, std::size_t i) {
        inside = has_bar(lines[i]) && (inside || is_heads(lines, i));
        return inside || begins_with_bar(lines[i]);
    });
}
