// Chapter 8: The client, here and there at the same time
//
// Goal    The server processes what is sent there while this device processes
//         the rest. The result is the same in every mode.
// Run     ./kit run offload_client
// Expect  Now: the calls and the local work take turns, so the times add up.
//         Done: together they take as long as the longer of the two.
// Check   ./kit grade offload_client
// Read    labs/ch08_offloading/README.md, steps 4 to 6

#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/print.hpp"
#include "support/todo.hpp"

double there(const Work& work);  // defined below

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;

    // TODO 1  Give each call of the server a thread of its own (std::jthread),
    //         and start it before the local work. Each writes one result.
    results.edges = offload1 ? there(works.process1) : works.process1.here();
    results.brightness = offload2 ? there(works.process2) : works.process2.here();
    // TODO 2  Return only when every thread has been joined: before that,
    //         no other thread may read what they write.
    return results;  // Correct, but one after the other.
}

double there(const Work& work) {
    // TODO 3  If the server fails (not ok), say so on stderr with the reason
    //         (`why`), and do the work here: there has to be a result.
    return work.there().result;  // blocks until the reply has come
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);

    still_to_do("a thread for each call of the server (TODO 1 to 3)");  // Delete with the last TODO.

    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
