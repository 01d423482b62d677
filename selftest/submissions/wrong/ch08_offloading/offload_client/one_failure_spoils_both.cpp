// Wrong    If one call fails, computes both functions locally.
// Caught   a call that fails spoils no other
// Says     the call for process1 failed: stdout has

#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/print.hpp"

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    Remote edges, brightness;
    {
        std::vector<std::jthread> calls;
        if (offload1) calls.emplace_back([&edges, &works] { edges = works.process1.there(); });
        if (offload2) calls.emplace_back([&brightness, &works] { brightness = works.process2.there(); });
        if (!offload1) edges = {true, works.process1.here(), ""};
        if (!offload2) brightness = {true, works.process2.here(), ""};
    }
    if (edges.ok && brightness.ok) return {edges.result, brightness.result};
    print_error("the server failed (", edges.why, brightness.why, "), so everything is computed here");
    results.edges = works.process1.here();
    results.brightness = works.process2.here();
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
