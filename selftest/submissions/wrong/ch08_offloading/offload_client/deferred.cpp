// Wrong    Uses std::launch::deferred: the call is made when its result is asked for.
// Caught   sends first, then computes
// Also     mode both has two requests in flight at once
// Also     joins every thread

#include <functional>
#include <future>
#include <string>

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
    std::future<double> edges, brightness;
    if (offload1) edges = std::async(std::launch::deferred, there, std::cref(works.process1));
    if (offload2) brightness = std::async(std::launch::deferred, there, std::cref(works.process2));
    if (!offload1) results.edges = works.process1.here();
    if (!offload2) results.brightness = works.process2.here();
    if (offload1) results.edges = edges.get();
    if (offload2) results.brightness = brightness.get();
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
