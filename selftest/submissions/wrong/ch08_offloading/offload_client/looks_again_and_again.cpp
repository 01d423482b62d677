// Wrong    main checks again and again whether the calls have returned.
// Caught   does not busy-wait
// Says     while the server holds its reply, the client burns processor time
// Also     a server that is too slow costs no result

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
    {
        std::atomic<int> back = 0;
        std::vector<std::jthread> calls;
        if (offload1)
            calls.emplace_back([&] {
                results.edges = there(works.process1);
                ++back;
            });
        if (offload2)
            calls.emplace_back([&] {
                results.brightness = there(works.process2);
                ++back;
            });
        if (!offload1) results.edges = works.process1.here();
        if (!offload2) results.brightness = works.process2.here();
        while (back < offload1 + offload2) std::this_thread::yield();
    }
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
