// Wrong    The array has room for one result, but mode both writes two.
// Caught   has no memory error
// Says     AddressSanitizer: heap-buffer-overflow
// Also     has no data race

#include <memory>
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
        std::unique_ptr<double[]> fetched(new double[1]());
        std::vector<std::jthread> calls;
        std::size_t next = 0;
        if (offload1) calls.emplace_back([&fetched, &works, mine = next++] { fetched[mine] = there(works.process1); });
        if (offload2) calls.emplace_back([&fetched, &works, mine = next++] { fetched[mine] = there(works.process2); });
        if (!offload1) results.edges = works.process1.here();
        if (!offload2) results.brightness = works.process2.here();
        calls.clear();
        if (offload1) results.edges = fetched[0];
        if (offload2) results.brightness = fetched[offload1 ? 1 : 0];
    }
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
