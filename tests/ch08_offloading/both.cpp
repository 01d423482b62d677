// Chapter 8: what both programs must do. Each test case is one criterion, run by itself; points are in
// labs/labs.json.
#include "ch08_offloading/both.hpp"
#include "bench/catch.hpp"
#include "bench/common.hpp"
#include "ch08_offloading/pictures.hpp"

namespace {

bool is_server() {
    return program_name() == "processing_server";
}

}  // namespace

TEST_CASE("joins every thread") {
    const std::string problem = is_server() ? server_leaves_threads() : client_leaves_threads();
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "main waited for the last step of every thread" : problem,
           .expected = "each thread joined before main returns",
           .why = "a thread that nobody waits for may still use what main has destroyed, and its result is nobody's",
           .read = readme(is_server() ? 3 : 5)});
}

TEST_CASE("has no data race") {
    std::string problem = no_sanitized_build(Flavour::thread_sanitizer);
    if (problem.empty())
        problem = is_server() ? server_under(Flavour::thread_sanitizer) : client_under(Flavour::thread_sanitizer);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "under ThreadSanitizer, to the end: nothing to report" : problem,
           .expected = "no memory that two threads use at once, one of them to write, without a lock or a join between",
           .why = "what two threads do to the same memory unasked has no result that one could rely on",
           .read = readme(is_server() ? 3 : 5)});
}

TEST_CASE("has no memory error") {
    std::string problem = no_sanitized_build(Flavour::address_sanitizer);
    if (problem.empty())
        problem = is_server() ? server_under(Flavour::address_sanitizer) : client_under(Flavour::address_sanitizer);
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "under AddressSanitizer and UBSan, to the end: nothing to report" : problem,
           .expected = "no use of memory that is not there any more, or was never the program's",
           .why = "a thread borrows what it is given by reference: whoever lends it has to live longer",
           .read = readme(is_server() ? 3 : 5)});
}

TEST_CASE("does not busy-wait") {
    const std::string problem = is_server() ? server_spins() : client_spins();
    judge({.holds = problem.empty(),
           .saw = problem.empty() ? "with nothing to do but wait, nobody used the processor" : problem,
           .expected = "whoever waits is blocked: in a join, on a condition, in a call of the server; not in a loop "
                       "that looks again",
           .why = "a loop that looks again and again takes the processor from those it waits for",
           .read = readme(is_server() ? 3 : 5)});
}

TEST_CASE("refuses bad flags") {
    if (is_server())
        judge_refusals({{{"--bogus"}, {"--bogus"}},
                        {{"--workers", "0"}, {"--workers", "0"}},
                        {{"--port", "99999"}, {"--port", "99999"}}},
                       readme(2));
    else
        judge_refusals({{{"--bogus"}, {"--bogus"}},
                        {{"--mode", "sideways"}, {"--mode", "sideways"}},
                        {{"--samples", "0"}, {"--samples", "0"}},
                        {{"--slowdown", "none"}, {"--slowdown", "none"}},
                        {{"--slowdown", "0.5"}, {"--slowdown", "0.5"}}},
                       readme(4));
}
