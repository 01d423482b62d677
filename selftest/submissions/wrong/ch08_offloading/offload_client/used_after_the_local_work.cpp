// Wrong    Joins the threads at the end of the program, but uses their results right after the local work.
// Caught   joins before it uses a result
// Says     the server still holds its reply to process1, and the client has printed "mode process1
// Also     mode both has two requests in flight at once
// Also     sends what the mode says, and nothing else
// Also     takes the server's result for what it sent there
// Also     a server that is away costs no result
// Also     a server that is too slow costs no result
// Also     an answer that breaks off or makes no sense costs no result
// Also     statistics follow from the samples
// Also     is right in whatever order its threads are moved
// Also     has no data race

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

std::vector<std::jthread> threads;

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    static Results shared;
    if (offload1) threads.emplace_back([&works] { shared.edges = there(works.process1); });
    if (offload2) threads.emplace_back([&works] { shared.brightness = there(works.process2); });
    if (!offload1) shared.edges = works.process1.here();
    if (!offload2) shared.brightness = works.process2.here();
    results = shared;
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    const int code = measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
    threads.clear();
    return code;
}
