#include "grader/class/quoted_csv.hpp"

#include <algorithm>
#include <stdexcept>

#include "ground/text.hpp"

namespace {

bool is_empty(const CsvRow& row) {
    return std::all_of(row.begin(), row.end(), [](const std::string& cell) { return cell.empty(); });
}

bool is_formula(const std::string& cell) {
    return !cell.empty() && std::string("=+-@").find(cell.front()) != std::string::npos;
}

// Numbers of our own are not meant: points are never below 0.
std::string csv_cell(const std::string& text) {
    std::string cell = printable_line(text);
    if (is_formula(cell)) cell.insert(0, 1, '\'');
    if (cell.find_first_of(",;\"' ") == std::string::npos) return cell;
    for (std::size_t at = 0; (at = cell.find('"', at)) != std::string::npos; at += 2) cell.insert(at, 1, '"');
    return '"' + cell + '"';
}

}  // namespace

std::vector<CsvRow> read_quoted_csv(const std::string& text) {
    std::size_t at = text.rfind("\xEF\xBB\xBF", 0) == 0 ? 3 : 0;
    const std::string first = text.substr(0, text.find('\n'));
    const char separator = first.find(',') == std::string::npos && first.find(';') != std::string::npos ? ';' : ',';
    std::vector<CsvRow> rows;
    CsvRow row{""};
    const auto end_row = [&] {
        if (!is_empty(row)) rows.push_back(row);
        row = {""};
    };
    bool quoted = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted) {
            const bool doubled = c == '"' && at + 1 < text.size() && text[at + 1] == '"';
            if (doubled) ++at;
            if (c == '"' && !doubled) quoted = false;
            else row.back() += c;
        } else if (c == '"' && row.back().empty()) quoted = true;
        else if (c == separator) row.emplace_back();
        else if (c == '\n') end_row();
        else if (c != '\r') row.back() += c;
    }
    if (quoted) throw std::runtime_error("a quotation mark is not closed");
    end_row();
    return rows;
}

std::string csv_row(const CsvRow& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
    return line + "\r\n";
}

std::string printable_line(const std::string& text) {
    std::string line = printable(text);
    for (std::size_t at = 0; (at = line.find('\n', at)) != std::string::npos; at += 4) line.replace(at, 1, "\\x0a");
    return line;
}
