// Wrong    Returns 0 for a call that fails, with a line on stderr.
// Caught   a server that is away costs no result
// Caught   an answer that breaks off or makes no sense costs no result
// Also     a server that is too slow costs no result
// Also     a call that fails spoils no other
// Also     is right in whatever order its threads are moved

#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/print.hpp"

// Blocks until there is a result: the server's or, if the server fails, this device's own.
double there(const Work& work) {
    const Remote remote = work.there();
    if (remote.ok) return remote.result;
    print_error(work.name(), ": no result from the server (", remote.why, "), so it is 0");
    return 0;
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
