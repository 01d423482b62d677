// Wrong    Starts a thread per call and joins none: main waits for the results alone, and leaves by quick_exit.
// Caught   joins every thread
// Says     join

#include <cstdlib>
#include <latch>
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

std::vector<std::thread> threads;

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    std::latch done(offload1 + offload2);
    if (offload1)
        threads.emplace_back([&] {
            results.edges = there(works.process1);
            done.count_down();
        });
    if (offload2)
        threads.emplace_back([&] {
            results.brightness = there(works.process2);
            done.count_down();
        });
    if (!offload1) results.edges = works.process1.here();
    if (!offload2) results.brightness = works.process2.here();
    done.wait();
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    std::quick_exit(measure_modes(options, [&works](const std::string& mode) { return run(mode, works); }));
}
