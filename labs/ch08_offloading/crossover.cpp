// Chapter 8: How slow may the link be?
//
// Goal    Run the client over slower and slower links, and see where each mode stops paying.
// Run     ./kit run crossover
// Expect  A row for each link: what each mode takes. Your own client and server are measured; in
//         ./kit demo ch08 it is the finished ones.
// Read    labs/ch08_offloading/README.md, step 7

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "support/bars.hpp"
#include "support/command.hpp"
#include "support/explain.hpp"
#include "support/modes.hpp"
#include "support/options.hpp"
#include "support/picture.hpp"
#include "support/processing.hpp"
#include "support/quantity.hpp"
#include "support/server.hpp"
#include "support/stopwatch.hpp"

namespace {

struct Request {
    std::string programs, pictures, rates, modes, draw;
};

double rate_of(const std::string& text) {
    static const std::vector<Unit> units = {{"", 1}, {"k", 1'000}, {"M", 1'000'000}, {"G", 1'000'000'000}};
    const auto rate = parse_quantity(text, units);
    if (!rate || rate->amount <= 0) throw std::runtime_error("'" + text + "' is no rate of a link");
    return static_cast<double>(rate->amount);
}

Row measured(const Request& request, const std::string& rate) {
    const Server server(request.programs + "/processing_server", Server::Port::any, {"--link-rate", rate});
    std::istringstream table(output_of(request.programs + "/offload_client",
                                       {"--samples", "1", "--slowdown", std::to_string(slowdown), "--timeout", "1min",
                                        "--image", request.pictures + "/harbour_small.png", "--server", server.url()}));
    return {rate_of(rate), modes_in(table)};
}

// What a function takes on this machine, which is the server as well.
template <class Work>
double cost_of(const Work& work) {
    constexpr int times = 5;
    const Stopwatch watch;
    for (int i = 0; i < times; ++i) work();
    return watch.seconds() / times;
}

// What the processors take in that mode, if the network took nothing: the longer of here and there.
double processing(const std::string& mode, double cost1, double cost2) {
    if (mode == "process1") return std::max(cost1, slowdown * cost2);
    if (mode == "process2") return std::max(cost2, slowdown * cost1);
    if (mode == "both") return std::max(cost1, cost2);
    return slowdown * cost1 + slowdown * cost2;
}

// Which mode won, by how much, and whether the network or the processor decided.
std::string conclusion(const Modes& modes, const std::string& image) {
    const Picture picture = read_picture(image), small = small_grey(picture);
    const double cost1 = cost_of([&small] { return process1(small); });
    const double cost2 = cost_of([&picture] { return process2(picture); });
    const Mode& best = fastest(modes);
    const double alone = mode_of(modes, stays_here).seconds, processors = processing(best.name, cost1, cost2);
    const std::string costs = "The functions themselves take " + seconds(cost1) + " and " + seconds(cost2) +
                              " there, " + std::to_string(slowdown) + " times as much here. ";
    if (best.name == stays_here)
        return costs + "none won, with " + seconds(alone) +
               ": what the network costs is more than what the faster server saves, so the network decided.";
    const double rest = std::max(0.0, best.seconds - processors), times = alone / best.seconds;
    return costs + best.name + " won, with " + seconds(best.seconds) + ": " + times_text(times) +
           " times as fast as none. The processors account for " + seconds(std::min(processors, best.seconds)) +
           " of it, packing and sending for the other " + seconds(rest) + ", so " +
           (processors >= rest ? "the processor" : "the network") + " decided.";
}

// At which rates offloading begins to pay, as far as these rows tell.
std::string crossovers(const std::vector<Row>& rows) {
    std::string text;
    for (const Mode& mode : rows.front().modes) {
        if (mode.name == stays_here) continue;
        // From the fastest link down: the last one at which this mode still beats staying here.
        const Row* pays = nullptr;
        const Row* fails = nullptr;
        for (auto row = rows.rbegin(); row != rows.rend() && !fails; ++row) {
            const bool faster = mode_of(row->modes, mode.name).seconds < mode_of(row->modes, stays_here).seconds;
            (faster ? pays : fails) = &*row;
        }
        text += mode.name;
        if (!pays) text += " pays at none of these rates. ";
        else if (!fails) text += " pays at all of these rates. ";
        else
            text +=
                " pays down to somewhere between " + rate_text(pays->rate) + " and " + rate_text(fails->rate) + ". ";
    }
    return text + "Below that, what it saves in computing is less than what it costs in sending.";
}

std::vector<Row> measure_links(const Request& request) {
    std::cout << '\n' << in_bold("How slow may the link be?") << " seconds, over bytes a second\n\n";
    std::cout << padded("  link", 14);
    for (const char* mode : {"none", "process1", "process2", "both"}) std::cout << padded(mode, 12);
    std::cout << "fastest" << std::endl;
    std::vector<Row> rows;
    std::istringstream rates(request.rates);
    for (std::string rate; std::getline(rates, rate, ',');) {
        rows.push_back(measured(request, rate));
        std::cout << padded("  " + rate_text(rows.back().rate), 14);
        for (const Mode& mode : rows.back().modes) std::cout << padded(seconds(mode.seconds), 12);
        std::cout << fastest(rows.back().modes).name << std::endl;
    }
    std::cout << '\n';
    return rows;
}

void show(const Request& request) {
    if (!request.modes.empty()) {
        std::ifstream file(request.modes);
        const Modes modes = modes_in(file);
        explain("So", conclusion(modes, request.pictures + "/harbour.png"));
        draw_both(request.draw + "_modes", [&](const std::string& to) { return modes_script(modes, to); });
    }
    const std::vector<Row> rows = measure_links(request);
    explain("Seen", crossovers(rows));
    draw_both(request.draw + "_crossover", [&](const std::string& to) { return links_script(rows, to); });
    if (!has_gnuplot())
        explain("Note",
                "gnuplot is not installed, so this chapter's two pictures were not drawn. ./kit demo ch08 installs it "
                "and draws them.");
}

}  // namespace

int main(int argc, char** argv) {
    Request request{".", "assets/pictures", "50k,200k,500k,1M,2M,5M,20M", "", "build/demo/ch08"};
    Options flags("measures over which links offloading pays");
    flags.text("--programs", request.programs, "the folder with offload_client and processing_server");
    flags.text("--pictures", request.pictures, "the folder with the pictures to process");
    flags.text("--rates", request.rates, "of the links: bytes a second, slow ones first");
    flags.text("--modes", request.modes, "a file with a table of offload_client, to be explained first");
    flags.text("--draw", request.draw, "how the names of the files with pictures begin");
    flags.parse(argc, argv);
    try {
        show(request);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "crossover: " << error.what() << '\n';
        return 3;
    }
}
