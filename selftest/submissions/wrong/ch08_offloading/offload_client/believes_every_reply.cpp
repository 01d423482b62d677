// Wrong    Takes the first number in any reply as the result.
// Caught   an answer that breaks off or makes no sense costs no result
// Says     the server answers 500 with something like a result; mode process1: stdout has
// Also     sends what the mode says, and nothing else
// Also     a call that fails spoils no other
// Also     is right in whatever order its threads are moved

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "support/offload.hpp"
#include "support/picture.hpp"
#include "support/post.hpp"
#include "support/print.hpp"
#include "support/processing_json.hpp"

std::string server;

double there(const Work& work, const std::string& request) {
    const Posted reply = post(server + "/" + work.name(), request, std::chrono::seconds(10));
    const std::size_t digit = reply.body.find_first_of("0123456789");
    if (!reply.body.empty()) return digit == std::string::npos ? 0 : std::strtod(reply.body.c_str() + digit, nullptr);
    print_error(work.name(), ": ", reply.why, ", so it is computed here");
    return work.here();
}

std::string request1, request2;

Results run(const std::string& mode, const Works& works) {
    const bool offload1 = mode == "process1" || mode == "both";
    const bool offload2 = mode == "process2" || mode == "both";
    Results results;
    {
        std::vector<std::jthread> calls;
        if (offload1) calls.emplace_back([&results, &works] { results.edges = there(works.process1, request1); });
        if (offload2) calls.emplace_back([&results, &works] { results.brightness = there(works.process2, request2); });
        if (!offload1) results.edges = works.process1.here();
        if (!offload2) results.brightness = works.process2.here();
    }
    return results;
}

int main(int argc, char** argv) {
    const OffloadOptions options = parse_offload_options(argc, argv);
    const Picture picture = read_picture(options.image);
    request1 = request_of(small_grey(picture));
    request2 = request_of(picture);
    server = options.server;
    const Works works = works_of(options);
    return measure_modes(options, [&works](const std::string& mode) { return run(mode, works); });
}
