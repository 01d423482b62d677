// Wrong    Computes locally if the server fails, but does not report the failure.
// Caught   a server that is away costs no result
// Says     nothing on stderr says that the server failed
// Also     a server that is too slow costs no result
// Also     an answer that breaks off or makes no sense costs no result
// Also     a call that fails spoils no other

#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"

double there(const Work& work) {
    const Remote remote = work.there();
    return remote.ok ? remote.result : work.here();
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
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
