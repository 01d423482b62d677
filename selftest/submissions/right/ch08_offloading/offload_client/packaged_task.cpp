// Right    A packaged task per function: offloaded ones run on a thread, the others in main.

#include <functional>
#include <future>
#include <string>
#include <thread>
#include <utility>
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

double here(const Work& work) {
    return work.here();
}

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    std::packaged_task<double(const Work&)> first(offload1 ? there : here), second(offload2 ? there : here);
    std::future<double> edges = first.get_future(), brightness = second.get_future();
    std::vector<std::thread> threads;
    if (offload1) threads.emplace_back(std::move(first), std::cref(works.process1));
    if (offload2) threads.emplace_back(std::move(second), std::cref(works.process2));
    if (!offload1) first(works.process1);
    if (!offload2) second(works.process2);
    for (std::thread& thread : threads) thread.join();
    results = {edges.get(), brightness.get()};
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
