#include "support/offload.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <utility>

#include "support/bars.hpp"
#include "support/options.hpp"
#include "support/post.hpp"
#include "support/print.hpp"
#include "support/processing.hpp"
#include "support/processing_json.hpp"
#include "support/slowed.hpp"
#include "support/statistics.hpp"
#include "support/stopwatch.hpp"
#include "support/transfer.hpp"

namespace {

const std::vector<std::string> all_modes = {"none", "process1", "process2", "both"};

std::string decimals(double value, const char* format) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

}  // namespace

OffloadOptions parse_offload_options(int argc, char** argv) {
    OffloadOptions options;
    std::string mode = "all";
    Options flags("processes a picture, here or on a server");
    flags.text("--server", options.server, "where processing_server listens");
    flags.choice("--mode", mode, {"none", "process1", "process2", "both", "all"}, "what is sent there");
    flags.count("--samples", options.samples, {1, 100'000}, "how often each mode is measured");
    flags.number("--slowdown", options.slowdown, {1, 1000}, "local work costs this many times its processor time");
    flags.text("--image", options.image, "the picture: a PNG, JPEG, BMP or PPM file");
    flags.duration("--timeout", options.timeout, {Duration(1), Duration::max()}, "for one call of the server");
    flags.text("--token", options.token, "what the server wants to see, if it was given one");
    flags.text("--plot", options.plot, "draws the table as bars: a file that ends in .svg or .png");
    flags.example("--server http://127.0.0.1:8088 --mode both --slowdown 4");
    flags.parse(argc, argv);
    while (!options.server.empty() && options.server.back() == '/') options.server.pop_back();
    if (!transfer::is_url(options.server)) flags.refuse("--server: '" + options.server + "' is " + transfer::no_url);
    if (!options.plot.empty() && !is_picture_name(options.plot))
        flags.refuse("--plot: '" + options.plot +
                     "' is not accepted: give the name of a file that ends in .svg or .png");
    if (mode == "all") options.modes = all_modes;
    else options.modes = {mode};
    return options;
}

Work::Work(std::string name, Function function, Picture input, const OffloadOptions& options)
    : name_(std::move(name)),
      function_(std::move(function)),
      input_(std::move(input)),
      url_(options.server + "/" + name_),
      token_(options.token),
      timeout_(options.timeout),
      slowdown_(options.slowdown) {}

double Work::here() const {
    const double result = slowed(slowdown_, [this] { return function_(input_); });
    print_error("local ", name_, " done");
    return result;
}

Remote Work::there() const {
    const Posted reply = post(url_, request_of(input_), timeout_, token_);
    if (!reply.ok) {
        const std::string reason = why_in(reply.body);
        return {false, 0, reply.why + (reason.empty() ? "" : ": " + reason)};
    }
    try {
        return {true, result_in(reply.body), ""};
    } catch (const BadMessage& bad) {
        return {false, 0, std::string("a reply that makes no sense: ") + bad.what()};
    }
}

Works works_of(const OffloadOptions& options) {
    try {
        Picture picture = read_picture(options.image);
        Picture small = small_grey(picture);
        return {{"process1", [](const Picture& grey) { return process1(grey); }, std::move(small), options},
                {"process2", process2, std::move(picture), options}};
    } catch (const std::exception& failure) {
        print_error("cannot read the picture ", failure.what());
        std::exit(1);
    }
}

int measure_modes(const OffloadOptions& options, const RunMode& run) {
    BarChart chart{"What each mode takes",
                   "slowdown " + decimals(options.slowdown, "%g") + ", means of " + std::to_string(options.samples) +
                       " samples, and their standard deviations",
                   "seconds",
                   {}};
    for (const std::string& mode : options.modes) {
        Results results;
        std::vector<double> seconds;
        for (int sample = 1; sample <= options.samples; ++sample) {
            const Stopwatch watch;
            results = run(mode);
            seconds.push_back(watch.seconds());
            print_error("sample ", sample, " of ", mode, ": ", decimals(seconds.back(), "%.9f"), " s");
        }
        print_line("mode ", mode, ": edges ", decimals(results.edges, "%.4f"), ", brightness ",
                   decimals(results.brightness, "%.4f"));
        const double middle = mean(seconds);
        chart.bars.push_back({mode, middle, deviation(seconds), decimals(middle, "%.3f s")});
    }
    print_line("mode,samples,mean_s,stdev_s");
    for (const DrawnBar& bar : chart.bars)
        print_line(bar.label, ",", options.samples, ",", decimals(bar.value, "%.6f"), ",", decimals(bar.error, "%.6f"));
    return options.plot.empty() || draw(bars_script(chart, options.plot)) ? 0 : 1;
}
