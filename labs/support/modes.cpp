#include "support/modes.hpp"

#include <algorithm>
#include <cstdio>
#include <istream>
#include <sstream>
#include <stdexcept>

#include "support/bars.hpp"

namespace {

std::string text_of(const char* format, double value, const char* unit = "") {
    char text[48];
    std::snprintf(text, sizeof text, format, value, unit);
    return text;
}

constexpr const char* links_look = R"(set title 'When does offloading pay?' font ',26' offset 0,0.4

set logscale x
set border 3
set tics nomirror
set grid lt 1 lc rgb '#dddddd'
set key top right box lc rgb '#dddddd' opaque
set label 1 at graph 0.5,1.06 center font ',15'
set tmargin 4
set label 1 'where a line is above that of none, it does not'
set xlabel 'link rate'
set ylabel 'seconds (makespan)'
)";

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
    std::ostringstream text;
    text << links_look << "set xtics (";
    for (std::size_t i = 0; i < rows.size(); ++i)
        text << (i > 0 ? ", " : "") << in_gnuplot_quotes(rate_text(rows[i].rate)) << ' ' << rows[i].rate;
    const Modes& modes = rows.front().modes;
    // No higher than a few times what staying here takes: above that it is lost, and how much is no news.
    text << ")\nset xrange [" << rows.front().rate / 1.3 << ":" << rows.back().rate * 1.3
         << "]\nset yrange [0:" << 2.5 * mode_of(modes, stays_here).seconds << "]\n";
    for (std::size_t mode = 0; mode < modes.size(); ++mode) {
        text << "$mode" << mode << " << END\n";
        for (const Row& row : rows) text << row.rate << ' ' << mode_of(row.modes, modes[mode].name).seconds << '\n';
        text << "END\n";
    }
    text << "set terminal " << (file.substr(file.size() - 4) == ".png" ? "pngcairo" : "svg background 'white'")
         << " noenhanced size 1280,720 font 'sans,18'\nset output " << in_gnuplot_quotes(file) << "\nplot ";
    const char* colours[] = {"#222222", "#0b6e99", "#c7522a", "#5a9e4b"};
    for (std::size_t mode = 0; mode < modes.size(); ++mode)
        text << (mode > 0 ? ", " : "") << "$mode" << mode << " with linespoints lw " << (mode == 0 ? 5 : 3) << " pt "
             << (mode == 0 ? 0 : 7) << " ps 1.2 lc rgb '" << colours[mode % 4] << "' title "
             << in_gnuplot_quotes(modes[mode].name);
    text << "\n";
    return text.str();
}
