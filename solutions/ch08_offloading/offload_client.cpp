// Chapter 8: The client, here and there at the same time (solution)
//
// Idea    A thread that waits for a server needs no core. So each call gets
//         one, and the local work is done meanwhile. The block that owns the
//         threads ends before any other thread reads what they wrote.
// Demo    1. ./kit demo ch08: which mode wins, and what decided?
//         2. Start the `calls` after the local work. Predict, then run.
//         3. Return the `results` from inside the block. What does the client
//            print now, and what does ./kit grade say?

#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/print.hpp"

double there(const Work& work);  // defined below

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

// Blocks until there is a result: the server's or, if the server fails, this device's own.
double there(const Work& work) {
    const Remote remote = work.there();
    if (remote.ok) return remote.result;
    print_error(work.name(), ": no result from the server (", remote.why, "), so it is computed here");
    return work.here();
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
