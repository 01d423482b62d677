// How ./kit demo ch06 ends: all thumbnails on one sheet, and what each program took beside the least that it could have.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "support/bars.hpp"
#include "support/demo/contact_sheet.hpp"
#include "support/encode.hpp"
#include "support/options.hpp"
#include "support/print.hpp"

namespace {

namespace fs = std::filesystem;

struct Request {
    std::string thumbnails = "build/thumbnails", table = "build/demo/ch06.csv", draw = "build/demo/ch06";
};

std::string seconds(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f s", value);
    return text;
}

// Rows of program,seconds,bound after a header.
BarChart chart_of(const std::string& table) {
    BarChart chart{"How long an album of thumbnails takes", "", "seconds", {}};
    chart.bound = "the least that its downloads and its resizing allow";
    std::ifstream in(table);
    for (std::string line; std::getline(in, line);) {
        const std::string prefix = "thumbnails_";
        std::istringstream cells(line);
        std::string program;
        DrawnBar bar;
        char comma;
        if (!std::getline(cells, program, ',') || !(cells >> bar.value >> comma >> bar.bound)) continue;
        bar.label = program.rfind(prefix, 0) == 0 ? program.substr(prefix.size()) : program;
        bar.amount = seconds(bar.value);
        chart.bars.push_back(bar);
    }
    if (chart.bars.empty()) throw std::runtime_error(table + ": there is no row program,seconds,bound");
    return chart;
}

void show(const Request& request) {
    const fs::path folder = request.draw;
    fs::create_directories(folder);
    const fs::path sheet = folder / "contact_sheet.png";
    std::ofstream out(sheet, std::ios::binary);
    out << png_of(contact_sheet(request.thumbnails)) << std::flush;
    if (!out) throw std::runtime_error(sheet.string() + " cannot be written");
    print_line(sheet.string());
    const BarChart chart = chart_of(request.table);
    if (!has_gnuplot()) {
        print_line("gnuplot is not installed, so the bars were not drawn.");
        return;
    }
    for (const char* name : {"bars.png", "bars.svg"})
        if (const fs::path file = folder / name; draw(bars_script(chart, file.string()))) print_line(file.string());
}

}  // namespace

int main(int argc, char** argv) {
    Request request;
    Options flags("draws the thumbnails, and what each program of chapter 6 took");
    flags.text("--thumbnails", request.thumbnails, "the folder with the thumbnails");
    flags.text("--table", request.table, "a file with program,seconds,bound");
    flags.text("--draw", request.draw, "the folder for the pictures");
    flags.parse(argc, argv);
    try {
        show(request);
        return 0;
    } catch (const std::exception& error) {
        print_error("thumbnail_pictures: ", error.what());
        return 3;
    }
}
