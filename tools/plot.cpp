// ./kit plot: the table that a chapter's program prints, as a picture, through gnuplot.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <optional>

#include "support/bars.hpp"
#include "tools/chart.hpp"
#include "tools/gnuplot.hpp"
#include "tools/marks.hpp"
#include "tools/performance.hpp"
#include "tools/servers.hpp"
#include "tools/tool.hpp"

namespace {

namespace fs = std::filesystem;

// The program's table, shown as it comes; nothing where the program did not end well.
std::optional<std::string> table_of(const fs::path& program, const std::vector<std::string>& arguments) {
    std::string table;
    const Performance run = perform(program, arguments, {}, [&table](const Line& line) {
        std::cout << line.text << std::endl;
        table += line.text + '\n';
    });
    if (run.ended.empty()) return table;
    std::cerr << "kit plot: " << program.filename().string() << " " << run.ended << '\n';
    return std::nullopt;
}

std::string table_of_file(const std::string& file) {
    try {
        return read_file(file);
    } catch (const std::exception&) {
        throw UsageError(file + ": cannot be read: give the name of a CSV file");
    }
}

std::string script(const ChartEntry& chart, const Csv& csv, const std::string& source) {
    return chart.is_speedup ? speedup_script(chart, points_of(csv, chart), source)
                            : bars_script(chart, bars_of(csv, chart), source);
}

// The script stays beside its pictures: to change it and draw once more.
void draw_files(const std::string& name, const std::string& script, const fs::path& folder) {
    const fs::path file = folder / (name + ".gnuplot");
    std::ofstream(file) << script;
    fs::current_path(folder);  // so that no path has to be quoted
    if (!draw(script)) throw std::runtime_error("no picture of " + file.string());
    for (const char* ending : {".png", ".svg"}) std::cout << (folder / (name + ending)).string() << '\n';
}

// `file` is empty: runs the program. False where that did not end well.
bool plot_chapter(const ChapterEntry& chapter, const std::string& file, bool solution) {
    const ChartEntry& chart = *chapter.plot;
    const fs::path folder = kit_root() / "build/plots";
    fs::create_directories(folder);
    std::string source = chart.program;
    std::optional<std::string> table;
    if (file.empty()) {
        require_built(chapter);
        std::vector<std::string> arguments = chart.arguments;
        put_folders(arguments, chapter, solution);
        const auto servers =
            start_servers(chapter, chapter.find(chart.program)->servers, arguments, /*usual_alone=*/false, solution);
        for (const std::string& argument : as_typed(chart.arguments)) source += " " + argument;
        const bool is_solution = solution && chapter.find(chart.program)->exercise;
        const fs::path built = kit_root() / "build" / (is_solution ? "solutions" : "labs");
        table = table_of(built / chapter.id / chart.program, arguments);
        if (!table) return false;
        table = table_in(*table, chart);
        std::ofstream(folder / (chart.program + ".csv")) << *table;
    } else {
        source = file;
        table = table_of_file(file);
    }
    try {
        const Csv csv = read_csv(*table, file.empty() ? chart.program : file);
        draw_files(chart.program, script(chart, csv, source), folder);
    } catch (const CsvError& error) {
        throw UsageError(error.what());
    }
    return true;
}

int plot(int argc, char** argv) {
    std::string name, file;
    bool solution = false;
    CommandLine line("usage: ./kit plot [chNN] [--solution] [--csv FILE]");
    line.name("chapter", name);
    line.text("--csv", "FILE", file);
    line.flag("--solution", solution);
    line.parse(argc, argv);

    std::vector<std::string> numbers;
    std::vector<ChapterEntry> chosen;
    for (const ChapterEntry& chapter : kit_manifest().chapters) {
        if (!chapter.plot) continue;
        numbers.push_back(chapter.number());
        if (name.empty() || name == chapter.id || name == chapter.number()) chosen.push_back(chapter);
    }
    const std::string plots =
        numbers.empty() ? "no chapter has a plot" : "the chapters with a plot are " + list_of(numbers);
    if (chosen.empty()) throw UsageError("there is no plot of '" + name + "'; " + plots);
    if (!file.empty() && chosen.size() > 1) throw UsageError("whose table is " + file + "? Name the chapter; " + plots);
    bool all_well = true;
    for (const ChapterEntry& chapter : chosen) all_well = plot_chapter(chapter, file, solution) && all_well;
    return all_well ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    return run_tool("plot", plot, argc, argv);
}
