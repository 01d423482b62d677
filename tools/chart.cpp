#include "tools/chart.hpp"

namespace {

void check_for_rows(const Csv& csv) {
    if (csv.rows.empty()) throw CsvError(csv.name + ": has a header alone: give a row for each bar");
}

}  // namespace

std::vector<Bar> bars_of(const Csv& csv, const ChartEntry& chart) {
    const std::size_t label = column_of(csv, chart.label);
    const std::size_t value = column_of(csv, chart.value);
    const std::size_t per = chart.per.empty() ? value : column_of(csv, chart.per);
    check_for_rows(csv);
    std::vector<Bar> bars;
    for (std::size_t row = 0; row < csv.rows.size(); ++row) {
        const double divisor = chart.per.empty() ? 1 : number_at(csv, row, per);
        const double scale = chart.scale / divisor;
        const double error = chart.error.empty() ? 0 : number_at(csv, row, column_of(csv, chart.error), true);
        bars.push_back({csv.rows[row][label], number_at(csv, row, value) * scale, error * scale});
    }
    return bars;
}

std::string table_in(const std::string& text, const ChartEntry& chart) {
    const std::string header = chart.label + ",";
    if (text.compare(0, header.size(), header) == 0) return text;
    const std::size_t at = text.find('\n' + header);
    return at == std::string::npos ? text : text.substr(at + 1);
}

std::vector<SpeedupPoint> points_of(const Csv& csv, const ChartEntry& chart) {
    const std::size_t threads = column_of(csv, chart.label);
    const std::size_t speedup = column_of(csv, chart.value);
    check_for_rows(csv);
    std::vector<SpeedupPoint> points;
    for (std::size_t row = 0; row < csv.rows.size(); ++row)
        points.push_back({number_at(csv, row, threads), number_at(csv, row, speedup)});
    return points;
}
