// ./kit plot: the table that a chapter's program prints, as a picture, through gnuplot.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "csv.hpp"
#include "performance.hpp"
#include "timeline.hpp"
#include "tool.hpp"

namespace {

namespace fs = std::filesystem;

struct Picture {
    const ChartEntry& chart;
    std::vector<Bar> bars;
    std::string source;  // what was run, or the file that was read
};

// In double quotes, which in gnuplot's scripts and in its data differ about backslashes: without
// any. Labels come from whatever file --csv names.
std::string in_quotes(const std::string& text) {
    std::string quoted = printable(text);
    std::replace(quoted.begin(), quoted.end(), '"', '\'');
    std::replace(quoted.begin(), quoted.end(), '\\', '/');
    std::replace(quoted.begin(), quoted.end(), '\n', ' ');
    return '"' + quoted + '"';
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

std::string script(const Picture& picture) {
    std::ostringstream text;
    text << "set title " << in_quotes(picture.chart.title) << " font ',26' offset 0,0.4\n"
         << "set label 1 " << in_quotes(picture.source) << "\n"
         << "set ylabel " << in_quotes(picture.chart.unit) << "\n"
         << look << "$bars << END_OF_BARS\n";
    for (std::size_t i = 0; i < picture.bars.size(); ++i) {
        const Bar& bar = picture.bars[i];
        text << i << ' ' << bar.value << ' ' << in_quotes(bar.label) << " \""
             << amount_text(bar.value) << "\"\n";
    }
    text << "END_OF_BARS\n";
    for (const std::string terminal : {"png", "svg"}) {
        text << "set terminal " << (terminal == "png" ? "pngcairo" : "svg background 'white'")
             << " noenhanced size 1280,720 font 'sans,18'\n"
             << "set output '" << picture.chart.program << "." << terminal << "'\n"
             << "plot $bars using 1:2:xtic(3) with boxes lc rgb '#0b6e99',"
             << " '' using 1:2:4 with labels offset 0,0.9\n";
    }
    return text.str();
}

// The program's table, shown as it comes; nothing where the program did not end well.
std::optional<std::string> table_of(const fs::path& program,
                                    const std::vector<std::string>& arguments) {
    std::string table;
    const Performance run = perform(program, arguments, {}, [&table](const Line& line) {
        std::cout << line.text << std::endl;
        table += line.text + '\n';
    });
    if (run.ended.empty()) return table;
    std::cerr << "kit plot: " << program.filename().string() << " " << run.ended << '\n';
    return std::nullopt;
}

std::string table_in(const std::string& file) {
    try {
        return read_file(file);
    } catch (const std::exception&) {
        throw UsageError(file + ": cannot be read: give the name of a CSV file");
    }
}

void draw(const Picture& picture, const fs::path& folder) {
    const std::string name = picture.chart.program;
    std::ofstream(folder / (name + ".gnuplot")) << script(picture);
    fs::current_path(folder);  // so that no path has to be quoted
    if (std::system(("gnuplot " + name + ".gnuplot").c_str()) != 0)
        throw std::runtime_error("gnuplot could not draw " +
                                 (folder / (name + ".gnuplot")).string());
    for (const char* ending : {".png", ".svg"})
        std::cout << (folder / (name + ending)).string() << '\n';
}

// `file` is empty: runs the program. False where that did not end well.
bool plot_chapter(const ChapterEntry& chapter, const std::string& file, bool solution) {
    const ChartEntry& chart = *chapter.plot;
    const fs::path folder = kit_root() / "build/plots";
    fs::create_directories(folder);
    std::string source = chart.program;
    std::optional<std::string> table;
    if (file.empty()) {
        for (const std::string& argument : chart.arguments) source += " " + argument;
        const bool is_solution = solution && chapter.find(chart.program)->exercise;
        const fs::path built = kit_root() / "build" / (is_solution ? "solutions" : "labs");
        table = table_of(built / chapter.id / chart.program, chart.arguments);
        if (!table) return false;
        std::ofstream(folder / (chart.program + ".csv")) << *table;
    } else {
        source = file;
        table = table_in(file);
    }
    try {
        const Csv csv = read_csv(*table, file.empty() ? chart.program : file);
        draw({chart, bars_of(csv, chart), source}, folder);
    } catch (const CsvError& error) {
        throw UsageError(error.what());
    }
    return true;
}

int plot(int argc, char** argv) {
    std::string name, file;
    bool solution = false;
    CLI::App app;
    app.add_option("chapter", name);
    app.add_option("--csv", file);
    app.add_flag("--solution", solution);
    parse(app, argc, argv, "./kit plot [chNN] [--solution] [--csv FILE]");

    std::vector<std::string> numbers;
    std::vector<ChapterEntry> chosen;
    for (const ChapterEntry& chapter : kit_manifest().chapters) {
        if (!chapter.plot) continue;
        numbers.push_back(chapter.number());
        if (name.empty() || name == chapter.id || name == chapter.number())
            chosen.push_back(chapter);
    }
    const std::string plots = numbers.empty() ? "no chapter has a plot"
                                              : "the chapters with a plot are " + list_of(numbers);
    if (chosen.empty()) throw UsageError("there is no plot of '" + name + "'; " + plots);
    if (!file.empty() && chosen.size() > 1)
        throw UsageError("whose table is " + file + "? Name the chapter; " + plots);
    bool all_well = true;
    for (const ChapterEntry& chapter : chosen)
        all_well = plot_chapter(chapter, file, solution) && all_well;
    return all_well ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("plot", plot, argc, argv);
}
