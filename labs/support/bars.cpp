#include "support/bars.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <sstream>

#include "support/print.hpp"

namespace {

// In single quotes gnuplot takes everything as it is, and two quotes for one.
std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? "''" : std::string(1, c);
    return result + "'";
}

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string script(const std::string& file, const std::string& title, const std::vector<MeasuredBar>& bars) {
    std::ostringstream text;
    text << "set terminal " << (ends_with(file, ".png") ? "pngcairo" : "svg background 'white'")
         << " noenhanced size 1280,720 font 'sans,18'\n"
         << "set output " << quoted(file) << "\nset title " << quoted(title) << " font ',26' offset 0,0.4\n"
         << "set ylabel 'seconds: mean, and standard deviation'\n"
         << "set style fill solid\nset boxwidth 0.6\nset yrange [0:*]\nset offsets 0.6,0.6,graph 0.1,0\n"
         << "set border 3\nset tics nomirror\nset xtics scale 0 font ',20'\nset grid y lt 1 lc rgb '#dddddd'\n"
         << "set tmargin 4\nset bmargin 3\nunset key\n$bars << END_OF_BARS\n";
    for (std::size_t i = 0; i < bars.size(); ++i) {
        char number[32];
        std::snprintf(number, sizeof number, "%.3g s", bars[i].mean);
        text << i << ' ' << bars[i].mean << ' ' << bars[i].deviation << " \"" << bars[i].label << "\" \"" << number << "\"\n";
    }
    // What a bar amounts to stands inside its foot, where no error bar runs through it.
    text << "END_OF_BARS\nplot $bars using 1:2:xtic(4) with boxes lc rgb '#0b6e99',"
         << " '' using 1:2:3 with yerrorbars pt 0 lw 3 lc rgb '#222222',"
         << " '' using 1:($2+$3):5 with labels offset 0,0.9\n";
    return text.str();
}

}  // namespace

bool is_picture_name(const std::string& file) {
    const auto is_control = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    return (ends_with(file, ".svg") || ends_with(file, ".png")) && std::none_of(file.begin(), file.end(), is_control);
}

bool draw_bars(const std::string& file, const std::string& title, const std::vector<MeasuredBar>& bars) {
    const auto before = std::signal(SIGPIPE, SIG_IGN);  // where there is no gnuplot, nobody reads
    std::FILE* gnuplot = popen("gnuplot", "w");
    bool drawn = false;
    if (gnuplot) {
        std::fputs(script(file, title, bars).c_str(), gnuplot);
        drawn = pclose(gnuplot) == 0;
    }
    std::signal(SIGPIPE, before);
    if (!drawn) print_error("gnuplot could not draw ", file);
    return drawn;
}
