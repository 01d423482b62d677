// Right    POSIX threads; each thread's argument holds its work and its result.

#include <pthread.h>
#include <cstdlib>
#include <string>

#include "support/offload.hpp"
#include "support/print.hpp"

// Blocks until there is a result: the server's or, if the server fails, this device's own.
double there(const Work& work) {
    const Remote remote = work.there();
    if (remote.ok) return remote.result;
    print_error(work.name(), ": no result from the server (", remote.why, "), so it is computed here");
    return work.here();
}

struct Call {
    const Work* work;
    double result;
};

void* make(void* argument) {
    Call& call = *static_cast<Call*>(argument);
    call.result = there(*call.work);
    return nullptr;
}

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    Call calls[2] = {{&works.process1, 0}, {&works.process2, 0}};
    pthread_t threads[2];
    const bool offloaded[2] = {offload1, offload2};
    for (int i = 0; i < 2; ++i)
        if (offloaded[i] && pthread_create(&threads[i], nullptr, make, &calls[i]) != 0) std::exit(1);
    for (int i = 0; i < 2; ++i)
        if (!offloaded[i]) calls[i].result = calls[i].work->here();
    for (int i = 0; i < 2; ++i)
        if (offloaded[i]) pthread_join(threads[i], nullptr);
    results = {calls[0].result, calls[1].result};
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
