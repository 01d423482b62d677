// Right    In mode both, a thread makes one call and main the other. The local work never waits for a call.

#include <string>
#include <thread>

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
    std::thread call;
    if (offload1) call = std::thread([&] { results.edges = there(works.process1); });
    else if (offload2) call = std::thread([&] { results.brightness = there(works.process2); });
    if (offload1) results.brightness = offload2 ? there(works.process2) : works.process2.here();
    else results.edges = works.process1.here();
    if (!offload1 && !offload2) results.brightness = works.process2.here();
    if (call.joinable()) call.join();
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
