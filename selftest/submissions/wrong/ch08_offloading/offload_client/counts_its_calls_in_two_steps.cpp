// Wrong    main waits until a count of calls is 0. Each call decrements it by a load and a store: if two
//          end at once, one is not counted.
// Caught   is right in whatever order its threads are moved
// Says     the program hangs

#include <atomic>
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
    std::atomic<int> left = (offload1 ? 1 : 0) + (offload2 ? 1 : 0);
    const auto tell = [&left] {
        left = left - 1;
        left.notify_one();
    };
    {
        std::vector<std::jthread> calls;
        if (offload1)
            calls.emplace_back([&] {
                results.edges = there(works.process1);
                tell();
            });
        if (offload2)
            calls.emplace_back([&] {
                results.brightness = there(works.process2);
                tell();
            });
        if (!offload1) results.edges = works.process1.here();
        if (!offload2) results.brightness = works.process2.here();
        for (int some; (some = left) > 0;) left.wait(some);
        // Leaving this block joins every call: only then is there a result to read.
    }
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
