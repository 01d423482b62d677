// Wrong    Reports its local work as done, but computes it after the reply has come.
// Caught   what is announced as done is done
// Says     the client said "local process2 done" while that work was held at its beginning
// Also     sends first, then computes
// Also     mode none sends nothing
// Also     sends what the mode says, and nothing else
// Also     slowdown multiplies the local work

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
        if (!offload1) print_error("local process1 done");
        if (!offload2) print_error("local process2 done");
    }
    if (!offload1) results.edges = works.process1.here();
    if (!offload2) results.brightness = works.process2.here();
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
