#include "support/bars.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "support/command.hpp"
#include "support/one_line.hpp"
#include "support/print.hpp"

namespace {

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Between single quotes gnuplot takes everything as it is, and two of them for one: whole file names.
std::string file_in_quotes(const std::string& file) {
    std::string quoted = "'";
    for (const char c : file) quoted += c == '\'' ? "''" : std::string(1, c);
    return quoted + "'";
}

// To be read from the back row of a lecture hall. Bars begin at 0, so that their lengths compare;
// that leaves little of the short ones, so each says what it amounts to.
constexpr const char* look = R"(
set label 1 at graph 0.5,1.06 center font ',15'
set style fill solid
set boxwidth 0.6
set yrange [0:*]
set offsets 0.6,0.6,graph 0.1,0
set border 3
set tics nomirror
set xtics scale 0 font ',20'
set grid y lt 1 lc rgb '#dddddd'
set tmargin 4
set bmargin 3
unset key
)";

constexpr const char* error_bars =
    " '' using 1:($2-$3):(0):(2*$3) with vectors heads size graph 0.008,90 lw 3 lc rgb '#222222' notitle,";
const std::string bound_lines = " '' using ($1-0.4):6:(0.8):(0) with vectors nohead lw 5 lc rgb '#e08214' title ";
const std::string bound_amounts =
    " '' using 1:6:(sprintf('%.3g', $6)) with labels offset 0,-0.8 tc rgb '#ffffff' notitle,";

}  // namespace

bool is_picture_name(const std::string& file) {
    return (ends_with(file, ".svg") || ends_with(file, ".png")) && std::none_of(file.begin(), file.end(), is_control);
}

// In double quotes, which in gnuplot's scripts and in its data differ about backslashes: without any.
std::string in_gnuplot_quotes(const std::string& text) {
    std::string quoted = text;
    std::replace(quoted.begin(), quoted.end(), '"', '\'');
    std::replace(quoted.begin(), quoted.end(), '\\', '/');
    std::replace_if(quoted.begin(), quoted.end(), is_control, ' ');
    return '"' + quoted + '"';
}

std::string bars_script(const BarChart& chart, const std::string& file) {
    std::ostringstream text;
    text << "reset\nset title " << in_gnuplot_quotes(chart.title) << " font ',26' offset 0,0.4\n"
         << "set label 1 " << in_gnuplot_quotes(chart.subtitle) << "\n"
         << "set ylabel " << in_gnuplot_quotes(chart.unit) << "\n"
         << look << "$bars << END_OF_BARS\n";
    bool has_errors = false, has_bounds = false;
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const DrawnBar& bar = chart.bars[i];
        has_errors = has_errors || bar.error > 0;
        has_bounds = has_bounds || bar.bound > 0;
        text << i << ' ' << bar.value << ' ' << bar.error << ' ' << in_gnuplot_quotes(bar.label) << ' '
             << in_gnuplot_quotes(bar.amount) << ' ' << bar.bound << '\n';
    }
    text << "END_OF_BARS\n"
         << gnuplot_output(file) << (has_bounds ? "set key center at graph 0.5,1.06 reverse Left\n" : "")
         << "plot $bars using 1:2:xtic(4) with boxes lc rgb '#0b6e99' notitle," << (has_errors ? error_bars : "")
         << (has_bounds ? bound_lines + in_gnuplot_quotes(chart.bound) + "," + bound_amounts : "")
         << " '' using 1:($2+$3 > $6 ? $2+$3 : $6):5 with labels offset 0,0.9 notitle\n";
    return text.str();
}

std::string gnuplot_output(const std::string& file) {
    const std::string terminal = ends_with(file, ".png") ? "pngcairo" : "svg background 'white'";
    return "set terminal " + terminal + " noenhanced size 1280,720 font 'sans,18'\nset output " + file_in_quotes(file) +
           "\n";
}

bool has_gnuplot() {
    return has_command("gnuplot");
}

bool draw(const std::string& script) {
    if (!has_gnuplot()) {
        print_error("gnuplot is not installed, so no picture was drawn");
        return false;
    }
    const auto before = std::signal(SIGPIPE, SIG_IGN);  // gnuplot may end before it has read everything
    std::FILE* gnuplot = popen("gnuplot", "w");
    bool drawn = false;
    if (gnuplot) {
        std::fputs(script.c_str(), gnuplot);
        drawn = pclose(gnuplot) == 0;
    }
    std::signal(SIGPIPE, before);
    if (!drawn) print_error("gnuplot could not draw it");
    return drawn;
}

void draw_both(const std::string& name, const std::function<std::string(const std::string& file)>& script) {
    if (!has_gnuplot()) return;
    std::filesystem::create_directories(std::filesystem::absolute(name).parent_path());
    for (const std::string& file : {name + ".svg", name + ".png"})
        if (draw(script(file))) std::cout << file << '\n';
}
