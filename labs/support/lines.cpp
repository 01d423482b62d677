#include "support/lines.hpp"

#include <array>
#include <sstream>

#include "support/bars.hpp"

namespace {

constexpr const char* look = R"(
set logscale x
set border 3
set tics nomirror
set grid lt 1 lc rgb '#dddddd'
set label 1 at graph 0.5,1.06 center font ',15'
set tmargin 4
)";

struct Mark {
    const char* colour;
    int point;
};
constexpr std::array<Mark, 3> marks{{{"#0b6e99", 7}, {"#c7522a", 5}, {"#5a9e4b", 9}}};

std::string drawn_as(const DrawnLine& line, std::size_t measured_before) {
    if (line.look == DrawnLine::Look::baseline) return " with lines lw 5 lc rgb '#222222'";
    if (line.look == DrawnLine::Look::ideal) return " with lines lw 3 dt 2 lc rgb '#222222'";
    const Mark& mark = marks[measured_before % marks.size()];
    return " with linespoints lw 3 pt " + std::to_string(mark.point) + " ps 1.2 lc rgb '" + mark.colour + "'";
}

}  // namespace

std::string lines_script(const LineChart& chart, const std::string& file) {
    std::ostringstream text;
    text << "reset\nset title " << in_gnuplot_quotes(chart.title) << " font ',26' offset 0,0.4\n"
         << "set label 1 " << in_gnuplot_quotes(chart.subtitle) << look << "set key " << chart.key
         << " box lc rgb '#dddddd' opaque\nset xlabel " << in_gnuplot_quotes(chart.x_unit) << "\nset ylabel "
         << in_gnuplot_quotes(chart.y_unit) << "\nset xtics (";
    for (const Tick& tick : chart.ticks)
        text << (&tick == &chart.ticks.front() ? "" : ", ") << in_gnuplot_quotes(tick.label) << ' ' << tick.at;
    text << ")\nset xrange [" << chart.ticks.front().at / 1.3 << ":" << chart.ticks.back().at * 1.3 << "]\n"
         << (chart.is_logarithmic ? "set logscale y\nset format y '%g'\n" : "") << "set yrange [" << chart.lowest << ":"
         << chart.highest << "]\n";
    for (const Level& level : chart.levels)
        text << "set arrow from graph 0,first " << level.at << " to graph 1,first " << level.at
             << " nohead back lw 2 dt 3 lc rgb '#888888'\nset label " << in_gnuplot_quotes(level.label)
             << " at graph 0.99,first " << level.at << " right offset 0," << (level.is_below ? -0.6 : 0.6)
             << " font ',15' tc rgb '#555555'\n";
    for (std::size_t i = 0; i < chart.lines.size(); ++i) {
        text << "$line" << i << " << END\n";
        for (std::size_t tick = 0; tick < chart.ticks.size(); ++tick)
            text << chart.ticks[tick].at << ' ' << chart.lines[i].values[tick] << '\n';
        text << "END\n";
    }
    text << gnuplot_output(file) << "plot ";
    std::size_t measured = 0;
    for (std::size_t i = 0; i < chart.lines.size(); ++i) {
        const DrawnLine& line = chart.lines[i];
        text << (i > 0 ? ", " : "") << "$line" << i << drawn_as(line, measured) << " title "
             << in_gnuplot_quotes(line.name);
        if (line.look == DrawnLine::Look::measured) ++measured;
    }
    text << "\n";
    return text.str();
}
