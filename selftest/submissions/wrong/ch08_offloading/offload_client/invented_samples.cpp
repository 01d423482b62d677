// Wrong    Measures one sample, and claims that all took as long.
// Caught   statistics follow from the samples
// Caught   sends what the mode says, and nothing else
// Also     mode none sends nothing

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

// Blocks until there is a result: the server's or, if the server fails, this device's own.
double there(const Work& work) {
    const Remote remote = work.there();
    if (remote.ok) return remote.result;
    print_error(work.name(), ": no result from the server (", remote.why, "), so it is computed here");
    return work.here();
}

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    {
        std::vector<std::jthread> calls;
        if (offload1) calls.emplace_back([&results, &works] { results.edges = there(works.process1); });
        if (offload2) calls.emplace_back([&results, &works] { results.brightness = there(works.process2); });
        if (!offload1) results.edges = works.process1.here();
        if (!offload2) results.brightness = works.process2.here();
    }
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    std::vector<std::string> table;
    for (const std::string& mode : options.modes) {
        std::vector<double> seconds;
        Results results;
        for (int sample = 0; sample < options.samples; ++sample) {
            const Stopwatch watch;
            results = run(mode, works);
            seconds.push_back(watch.seconds());
            break;
        }
        char text[200];
        std::snprintf(text, sizeof text, "mode %s: edges %.4f, brightness %.4f", mode.c_str(), results.edges,
                      results.brightness);
        print_line(text);
        const double middle = seconds.front(), spread = 0.000001;
        std::snprintf(text, sizeof text, "%s,%d,%.6f,%.6f", mode.c_str(), options.samples, middle, spread);
        table.push_back(text);
    }
    print_line("mode,samples,mean_s,stdev_s");
    for (const std::string& row : table) print_line(row);
}
