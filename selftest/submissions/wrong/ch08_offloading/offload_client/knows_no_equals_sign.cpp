// Wrong    Looks for --mode itself, and does not understand --mode=all.
// Caught   sends what the mode says, and nothing else
// Also     the result is the same in every mode

#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/print.hpp"

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
        // Leaving this block joins every call: only then is there a result to read.
    }
    return results;
}

// The word after --mode on the command line.
std::vector<std::string> modes_in(int argc, char** argv) {
    for (int i = 1; i + 1 < argc; ++i)
        if (argv[i] == std::string("--mode") && argv[i + 1] != std::string("all")) return {argv[i + 1]};
    return {"none", "process1"};
}

int main(int argc, char** argv) {
    OffloadOptions options = parse_offload_options(argc, argv);
    options.modes = modes_in(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
