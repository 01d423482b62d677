// Wrong    Waits for a semaphore that only a good reply releases: after a failure it waits for ever.
// Caught   has no data race
// Says     the program hangs: the program's main thread waits
// Caught   a server that is away costs no result
// Also     a server that is too slow costs no result
// Also     an answer that breaks off or makes no sense costs no result
// Also     a call that fails spoils no other
// Also     is right in whatever order its threads are moved
// Also     has no memory error

#include <semaphore>
#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/print.hpp"

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    std::counting_semaphore<2> replies(0);
    const auto there = [&replies](const Work& work, double& result) {
        const Remote remote = work.there();
        if (!remote.ok) return print_error(work.name(), ": no result from the server: ", remote.why);
        result = remote.result;
        replies.release();
    };
    std::vector<std::jthread> calls;
    if (offload1) calls.emplace_back([&] { there(works.process1, results.edges); });
    if (offload2) calls.emplace_back([&] { there(works.process2, results.brightness); });
    if (!offload1) results.edges = works.process1.here();
    if (!offload2) results.brightness = works.process2.here();
    for (std::size_t i = 0; i < calls.size(); ++i) replies.acquire();
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
