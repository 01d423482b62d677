#include "support/modes.hpp"

#include <algorithm>
#include <cstdio>
#include <istream>
#include <stdexcept>

#include "support/bars.hpp"
#include "support/lines.hpp"

namespace {

std::string text_of(const char* format, double value, const char* unit = "") {
    char text[48];
    std::snprintf(text, sizeof text, format, value, unit);
    return text;
}

}  // namespace

// The table that the client prints, from its header "mode,samples,mean_s,stdev_s" on.
Modes modes_in(std::istream& text) {
    Modes modes;
    bool is_table = false;
    for (std::string line; std::getline(text, line);) {
        char name[16];
        Mode mode;
        if (is_table && std::sscanf(line.c_str(), "%15[^,],%*d,%lf,%lf", name, &mode.seconds, &mode.deviation) >= 2) {
            mode.name = name;
            modes.push_back(mode);
        }
        is_table = is_table || line.rfind("mode,", 0) == 0;
    }
    if (modes.empty()) throw std::runtime_error("there is no table of modes");
    return modes;
}

const Mode& mode_of(const Modes& modes, const std::string& name) {
    for (const Mode& mode : modes)
        if (mode.name == name) return mode;
    throw std::runtime_error("there is no mode " + name + " in the table");
}

const Mode& fastest(const Modes& modes) {
    return *std::min_element(modes.begin(), modes.end(),
                             [](const Mode& a, const Mode& b) { return a.seconds < b.seconds; });
}

std::string seconds(double value) {
    return text_of("%.3f s", value);
}

std::string times_text(double times) {
    return text_of(times < 10 ? "%.2f" : "%.1f", times);
}

std::string rate_text(double rate) {
    return rate >= 1e6 ? text_of("%g %s", rate / 1e6, "MB/s") : text_of("%g %s", rate / 1e3, "kB/s");
}

std::string modes_script(const Modes& modes, const std::string& file) {
    BarChart chart{"What each mode takes", "", "seconds", {}};
    chart.subtitle = "offload_client, slowdown " + std::to_string(slowdown) + ": means, and standard deviations";
    for (const Mode& mode : modes)
        chart.bars.push_back({mode.name, mode.seconds, mode.deviation, seconds(mode.seconds)});
    return bars_script(chart, file);
}

std::string links_script(const std::vector<Row>& rows, const std::string& file) {
    const Modes& modes = rows.front().modes;
    // No higher than a few times what staying here takes: above that it is lost, and how much is no news.
    LineChart chart{.title = "When does offloading pay?",
                    .subtitle = "where a line is above that of none, it does not",
                    .x_unit = "link rate",
                    .y_unit = "seconds (makespan)",
                    .key = "top right",
                    .highest = 2.5 * mode_of(modes, stays_here).seconds};
    for (const Row& row : rows) chart.ticks.push_back({rate_text(row.rate), row.rate});
    for (const Mode& mode : modes) {
        DrawnLine line{mode.name, {}};
        if (mode.name == stays_here) line.look = DrawnLine::Look::baseline;
        for (const Row& row : rows) line.values.push_back(mode_of(row.modes, mode.name).seconds);
        chart.lines.push_back(line);
    }
    return lines_script(chart, file);
}
