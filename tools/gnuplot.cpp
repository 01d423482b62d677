#include "tools/gnuplot.hpp"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "ground/text.hpp"
#include "support/bars.hpp"

namespace {

std::string in_quotes(const std::string& text) {
    return in_gnuplot_quotes(printable(text));
}

// To be read from the back row of a lecture hall.
std::string head(const ChartEntry& chart, const std::string& source) {
    std::ostringstream text;
    text << "set title " << in_quotes(chart.title) << " font ',26' offset 0,0.4\n"
         << "set label 1 " << in_quotes(source) << " at graph 0.5,1.06 center font ',15'\n"
         << "set ylabel " << in_quotes(chart.unit) << R"(
set border 3
set tics nomirror
set tmargin 4
)";
    return text.str();
}

std::string in_both_formats(const ChartEntry& chart, const std::string& plot) {
    std::ostringstream text;
    for (const std::string terminal : {"png", "svg"}) {
        text << "set terminal " << (terminal == "png" ? "pngcairo" : "svg background 'white'")
             << " noenhanced size 1280,720 font 'sans,18'\n"
             << "set output '" << chart.program << "." << terminal << "'\n"
             << "plot " << plot << "\n";
    }
    return text.str();
}

// Doubling is one step on both axes: the rows stand side by side, and the ideal is a straight line.
constexpr const char* look_of_speedup = R"(
set logscale xy 2
set xlabel 'threads'
set grid lt 1 lc rgb '#dddddd'
set key left top reverse Left
set samples 400
)";

}  // namespace

std::string bars_script(const ChartEntry& chart, const std::vector<Bar>& bars, const std::string& source) {
    BarChart drawn{chart.title, printable(source), chart.unit, {}};
    for (const Bar& bar : bars)
        drawn.bars.push_back({printable(bar.label), bar.value, bar.error, amount_text(bar.value)});
    return bars_script(drawn, chart.program + ".png") + bars_script(drawn, chart.program + ".svg");
}

std::string speedup_script(const ChartEntry& chart, const std::vector<SpeedupPoint>& points,
                           const std::string& source) {
    const auto by_threads = [](const SpeedupPoint& a, const SpeedupPoint& b) { return a.threads < b.threads; };
    const auto [first, last] = std::minmax_element(points.begin(), points.end(), by_threads);
    double lowest = first->threads;  // of the ideal
    for (const SpeedupPoint& point : points) lowest = std::min(lowest, point.speedup);
    std::ostringstream text;
    text << head(chart, source) << look_of_speedup << "set xrange [" << first->threads * 0.85 << ":"
         << last->threads * 1.15 << "]\nset yrange [" << lowest * 0.6 << ":" << last->threads * 1.5 << "]\nset xtics (";
    for (const SpeedupPoint& point : points) text << (&point == &points.front() ? "" : ", ") << point.threads;
    text << ")\n$points << END_OF_POINTS\n";
    for (const SpeedupPoint& point : points) {
        text << point.threads << ' ' << point.speedup << " \"" << amount_text(point.speedup) << "\"\n";
    }
    text << "END_OF_POINTS\n";
    std::string plot;  // the ideal lies on top: with nothing serial, the law is the same line
    if (const auto fraction = fitted_serial_fraction(points)) {
        char named[64];
        std::snprintf(named, sizeof named, "Amdahl, fitted: serial fraction %.4f", *fraction);
        text << "f = " << *fraction << "\namdahl(n) = 1 / (f + (1 - f) / n)\n";
        plot = std::string("amdahl(x) with lines lw 4 lc rgb '#e0a08f' title '") + named + "', ";
    }
    plot +=
        "x with lines lw 2 dt 2 lc rgb '#444444' title 'ideal: n threads, n times',"
        " $points using 1:2 with points pt 7 ps 1.6 lc rgb '#0b6e99' title 'measured',"
        " '' using 1:2:3 with labels offset 0,-1.2 notitle";
    text << in_both_formats(chart, plot);
    return text.str();
}
