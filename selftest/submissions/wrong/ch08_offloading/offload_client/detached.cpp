// Wrong    Detaches the threads of its calls; main waits for their promises.
// Caught   joins every thread

#include <functional>
#include <future>
#include <string>
#include <thread>
#include <utility>

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
    std::promise<double> edges, brightness;
    std::future<double> edges_there = edges.get_future(), brightness_there = brightness.get_future();
    const auto call = [](std::promise<double> result, const Work& work) { result.set_value(there(work)); };
    if (offload1) std::thread(call, std::move(edges), std::cref(works.process1)).detach();
    if (offload2) std::thread(call, std::move(brightness), std::cref(works.process2)).detach();
    results.edges = offload1 ? 0 : works.process1.here();
    results.brightness = offload2 ? 0 : works.process2.here();
    if (offload1) results.edges = edges_there.get();
    if (offload2) results.brightness = brightness_there.get();
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
