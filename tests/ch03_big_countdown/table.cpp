#include "ch03_big_countdown/table.hpp"

#include <algorithm>
#include <functional>
#include <regex>

#include "bench/digits.hpp"
#include "ground/csv.hpp"

std::string wrong_thread_lines(const Words& lines, std::int64_t count, int threads) {
    static const std::regex last_line("counted down from (\\d+) in (\\d+\\.?\\d*(e[-+]?\\d+)?) s");
    if (lines.size() != static_cast<std::size_t>(threads) + 1)
        return "stdout has " + counted(lines.size(), "line", "lines") + ", not " + std::to_string(threads + 1);
    std::int64_t sum = 0;
    for (int i = 1; i <= threads; ++i) {
        const std::string& line = lines[static_cast<std::size_t>(i) - 1];
        const std::string begin = "thread " + std::to_string(i) + " counted down from ";
        const std::string share = line.rfind(begin, 0) == 0 ? line.substr(begin.size()) : "";
        if (share.empty() || share.size() > 15 || share.find_first_not_of("0123456789") != std::string::npos)
            return "line " + std::to_string(i) + " on stdout is " + in_quotes(line);
        sum += std::stoll(share);
    }
    if (sum != count) return "the shares add up to " + std::to_string(sum);
    std::smatch found;
    if (!std::regex_match(lines.back(), found, last_line) || found[1] != std::to_string(count))
        return "the last line is " + in_quotes(lines.back());
    return "";
}

std::optional<std::vector<Row>> rows_of(const Words& lines) {
    if (lines.empty() || lines[0] != "sharing,threads,count,seconds,speedup") return std::nullopt;
    std::vector<Row> rows;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const Words columns = cells_of(lines[i]);
        if (columns.size() != 5) return std::nullopt;
        rows.push_back({columns[0], columns[1], columns[2], columns[3], columns[4]});
    }
    return rows;
}

namespace {

bool is_number(const std::string& text) {
    static const std::regex form("(\\d+\\.?\\d*)(e[-+]?\\d+)?");
    return std::regex_match(text, form);
}

}  // namespace

std::string wrong_table(const std::string& output, const Words& lines, const Words& wanted, int threads,
                        bool long_enough) {
    const std::optional<std::vector<Row>> rows = rows_of(lines);
    if (!rows)
        return output.empty()
                   ? "stdout is empty"
                   : "stdout is not the header and rows of five columns, but " + in_quotes(output.substr(0, 300));
    Words named;
    for (const Row& row : *rows) named.push_back(row.sharing);
    if (named != wanted) {
        std::string list;
        for (const std::string& name : named) list += (list.empty() ? "" : ", ") + name;
        return list.empty() ? "the table has no rows" : "the rows of the table are " + list;
    }
    for (const Row& row : *rows) {
        const std::string where = "the row of " + row.sharing + " says ";
        if (row.threads != std::to_string(threads)) return where + "threads " + in_quotes(row.threads);
        for (const auto& [column, value] : {std::pair{"seconds", row.seconds}, {"speedup", row.speedup}}) {
            if (!is_number(value) || (long_enough && significant_digits(value) < 3))
                return where + column + " " + in_quotes(value);
        }
    }
    return "";
}

std::string wrong_counts(const std::vector<Row>& rows, const std::string& count) {
    for (const Row& row : rows)
        if (row.count != count) return "the row of " + row.sharing + " says count " + in_quotes(row.count);
    return "";
}

std::string wrong_speedups(const std::vector<Row>& rows) {
    const auto spread = [&](const std::function<double(double, double)>& value) {
        double least = 0, most = 0;
        for (const Row& row : rows) {
            const double it = value(std::stod(row.seconds), std::stod(row.speedup));
            least = least == 0 ? it : std::min(least, it);
            most = std::max(most, it);
        }
        return most / least;
    };
    const double seconds = spread([](double seconds, double) { return seconds; });
    const double upside_down = spread([](double seconds, double speedup) { return speedup / seconds; });
    const double all_the_same = spread([](double, double speedup) { return speedup; });
    if (seconds > 1.5 && upside_down < 1.05) return "speedup grows with seconds: it is upside down";
    if (seconds > 1.5 && all_the_same < 1.05) return "speedup is the same in all rows, although seconds differ";
    return "";
}
