// Wrong    Sleeps where --slowdown asks for work.
// Caught   slowdown multiplies the local work
// Says     of processor time, and was announced as done after

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/print.hpp"
#include "support/stopwatch.hpp"

// Blocks until there is a result: the server's or, if the server fails, this device's own.
double there(const Work& work) {
    const Remote remote = work.there();
    if (remote.ok) return remote.result;
    print_error(work.name(), ": no result from the server (", remote.why, "), so it is computed here");
    return work.here();
}

double slowdown = 1;

double here(const Work& work) {
    const Stopwatch watch;
    const double result = work.here();
    std::this_thread::sleep_for(std::chrono::duration<double>((slowdown - 1) * watch.seconds()));
    return result;
}

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    {
        std::vector<std::jthread> calls;
        if (offload1) calls.emplace_back([&results, &works] { results.edges = there(works.process1); });
        if (offload2) calls.emplace_back([&results, &works] { results.brightness = there(works.process2); });
        if (!offload1) results.edges = here(works.process1);
        if (!offload2) results.brightness = here(works.process2);
    }
    return results;
}

int main(int argc, char** argv) {
    OffloadOptions options = parse_offload_options(argc, argv);
    slowdown = options.slowdown;
    options.slowdown = 1;
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
