#include "tools/offloading.hpp"

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <stdexcept>

#include "support/bars.hpp"
#include "support/picture.hpp"
#include "support/processing.hpp"
#include "support/quantity.hpp"
#include "support/stopwatch.hpp"
#include "tools/performance.hpp"
#include "tools/server.hpp"
#include "tools/timeline.hpp"
#include "tools/tool.hpp"

namespace {

constexpr const char* here = "none";  // the mode that sends nothing

// What each function takes on this machine, which is the server as well.
struct Costs {
    double process1, process2;
};

Costs costs_of(const std::string& image) {
    const Picture picture = read_picture(image);
    const Picture small = small_grey(picture);
    const auto cost = [](const auto& work) {
        constexpr int times = 5;
        const Stopwatch watch;
        for (int i = 0; i < times; ++i) work();
        return watch.seconds() / times;
    };
    return {cost([&small] { return process1(small); }), cost([&picture] { return process2(picture); })};
}

// What the processors take in that mode, if the network took nothing: the longer of here and there.
double processing(const std::string& mode, const Costs& costs, int slowdown) {
    const double slow1 = slowdown * costs.process1, slow2 = slowdown * costs.process2;
    if (mode == "process1") return std::max(costs.process1, slow2);
    if (mode == "process2") return std::max(costs.process2, slow1);
    if (mode == "both") return std::max(costs.process1, costs.process2);
    return slow1 + slow2;
}

std::string seconds(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f s", value);
    return text;
}

double value_of(const std::vector<Bar>& bars, const std::string& label) {
    for (const Bar& bar : bars)
        if (bar.label == label) return bar.value;
    throw std::runtime_error("there is no bar of " + label);
}

const Bar& shortest(const std::vector<Bar>& bars) {
    return *std::min_element(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.value < b.value; });
}

// "200 kB/s"
std::string rate_text(double rate) {
    const bool mega = rate >= 1e6;
    char text[32];
    std::snprintf(text, sizeof text, "%g %s", rate / (mega ? 1e6 : 1e3), mega ? "MB/s" : "kB/s");
    return text;
}

double rate_of(const std::string& text) {
    static const std::vector<Unit> units = {{"", 1}, {"k", 1'000}, {"M", 1'000'000}, {"G", 1'000'000'000}};
    const auto rate = parse_quantity(text, units);
    if (!rate || rate->amount <= 0) throw std::runtime_error("'" + text + "' is no rate of a link");
    return static_cast<double>(rate->amount);
}

// PNG and SVG of what `script` makes for a file name; none where gnuplot is missing.
template <class Script>
std::vector<std::string> draw_both(const std::string& name, const Script& script) {
    if (!has_gnuplot()) return {};
    const std::filesystem::path folder = kit_root() / "build/demo";
    std::filesystem::create_directories(folder);
    std::vector<std::string> files;
    for (const char* ending : {".svg", ".png"}) {
        const std::string file = (folder / (name + ending)).string();
        if (draw(script(file))) files.push_back(file);
    }
    return files;
}

constexpr const char* link_look = R"(
set logscale x
set border 3
set tics nomirror
set grid lt 1 lc rgb '#dddddd'
set key top right box lc rgb '#dddddd' opaque
set label 1 at graph 0.5,1.06 center font ',15'
set tmargin 4
)";

}  // namespace

std::string Offloading::conclusion(const std::vector<Bar>& bars) const {
    const CrossoverEntry& entry = *chapter_.crossover;
    const Costs costs = costs_of((kit_root() / "assets" / entry.image).string());
    const Bar& best = shortest(bars);
    const double alone = value_of(bars, here);
    const double processors = processing(best.label, costs, entry.slowdown);
    const std::string measured = "The functions themselves take " + seconds(costs.process1) + " and " +
                                 seconds(costs.process2) + " there, " + std::to_string(entry.slowdown) +
                                 " times as much here. ";
    if (best.label == here)
        return measured + "none won, with " + seconds(alone) +
               ": what the network costs is more than what the faster "
               "server saves, so the network decided.";
    const double rest = std::max(0.0, best.value - processors);
    return measured + best.label + " won, with " + seconds(best.value) + ": " + amount_text(alone / best.value) +
           " times as fast as none. The processors account for " + seconds(std::min(processors, best.value)) +
           " of it, packing and sending for the other " + seconds(rest) + ", so " +
           (processors >= rest ? "the processor" : "the network") + " decided.";
}

LinkRow Offloading::measure(const std::string& rate) const {
    const CrossoverEntry& entry = *chapter_.crossover;
    const Server server(server_file(entry.server, /*solution=*/true), Server::Port::any, {"--link-rate", rate});
    std::vector<std::string> arguments = entry.arguments;
    put_assets(arguments);
    arguments.insert(arguments.end(), {"--server", server.url()});
    const std::string& client = chapter_.plot->program;
    std::string text;
    const Performance run = perform(
        kit_root() / "build/solutions" / chapter_.id / client, arguments, {},
        [&text](const Line& line) { text += line.text + '\n'; }, /*exit_code=*/0,
        /*quiet=*/true);
    if (!run.ended.empty()) throw std::runtime_error(client + " " + run.ended);
    return {rate_of(rate), bars_of(read_csv(table_in(text, *chapter_.plot), client), *chapter_.plot)};
}

std::string Offloading::header() const {
    std::string text = pad("  link", 14);
    for (const char* mode : {"none", "process1", "process2", "both"}) text += pad(mode, 12);
    return text + "fastest";
}

std::string Offloading::row(const LinkRow& row) const {
    std::string text = pad("  " + rate_text(row.rate), 14);
    for (const Bar& bar : row.modes) text += pad(seconds(bar.value), 12);
    return text + shortest(row.modes).label;
}

std::string Offloading::crossovers(const std::vector<LinkRow>& rows) const {
    std::string text;
    for (const Bar& mode : rows.front().modes) {
        if (mode.label == here) continue;
        // From the fastest link down: the last one at which this mode still beats staying here.
        const LinkRow* pays = nullptr;
        const LinkRow* fails = nullptr;
        for (auto row = rows.rbegin(); row != rows.rend() && !fails; ++row)
            (value_of(row->modes, mode.label) < value_of(row->modes, here) ? pays : fails) = &*row;
        text += mode.label;
        if (!pays) text += " pays at none of these rates. ";
        else if (!fails) text += " pays at all of these rates. ";
        else
            text +=
                " pays down to somewhere between " + rate_text(pays->rate) + " and " + rate_text(fails->rate) + ". ";
    }
    return text + "Below that, what it saves in computing is less than what it costs in sending.";
}

std::vector<std::string> Offloading::draw_modes(const std::vector<Bar>& bars) const {
    BarChart chart{chapter_.plot->title, "", chapter_.plot->unit, {}};
    chart.subtitle = chapter_.plot->program + ", slowdown " + std::to_string(chapter_.crossover->slowdown) +
                     ": means, and standard deviations";
    for (const Bar& bar : bars) chart.bars.push_back({bar.label, bar.value, bar.error, seconds(bar.value)});
    return draw_both(chapter_.number() + "_modes",
                     [&chart](const std::string& file) { return bars_script(chart, file); });
}

std::vector<std::string> Offloading::draw_links(const std::vector<LinkRow>& rows) const {
    return draw_both(chapter_.number() + "_crossover", [&](const std::string& file) {
        std::ostringstream text;
        text << "set title 'When does offloading pay?' font ',26' offset 0,0.4\n"
             << link_look << "set label 1 'where a line is above that of none, it does not'\n"
             << "set xlabel 'link rate'\nset ylabel 'seconds (makespan)'\nset xtics (";
        for (std::size_t i = 0; i < rows.size(); ++i)
            text << (i > 0 ? ", " : "") << in_gnuplot_quotes(rate_text(rows[i].rate)) << ' ' << rows[i].rate;
        text << ")\n";
        const std::vector<Bar>& modes = rows.front().modes;
        text << "set xrange [" << rows.front().rate / 1.3 << ":" << rows.back().rate * 1.3 << "]\n";
        // No higher than a few times what staying here takes: above that it is lost, and how much is no news.
        text << "set yrange [0:" << 2.5 * value_of(modes, here) << "]\n";
        for (std::size_t mode = 0; mode < modes.size(); ++mode) {
            text << "$mode" << mode << " << END\n";
            for (const LinkRow& row : rows) text << row.rate << ' ' << row.modes[mode].value << '\n';
            text << "END\n";
        }
        text << "set terminal " << (file.substr(file.size() - 4) == ".png" ? "pngcairo" : "svg background 'white'")
             << " noenhanced size 1280,720 font 'sans,18'\nset output '" << file << "'\nplot ";
        const char* colours[] = {"#222222", "#0b6e99", "#c7522a", "#5a9e4b"};
        for (std::size_t mode = 0; mode < modes.size(); ++mode)
            text << (mode > 0 ? ", " : "") << "$mode" << mode << " with linespoints lw " << (mode == 0 ? 5 : 3)
                 << " pt " << (mode == 0 ? 0 : 7) << " ps 1.2 lc rgb '" << colours[mode % 4] << "' title "
                 << in_gnuplot_quotes(modes[mode].label);
        text << "\n";
        return text.str();
    });
}
