// Chapter 8: what both programs must do. Each test case is one criterion, run by itself; points are in
// chapter.json.
#include "ch08_offloading/both.hpp"
#include "bench/catch.hpp"
#include "bench/sanitized.hpp"
#include "bench/standing.hpp"
#include "ch08_offloading/pictures.hpp"

namespace {

bool is_server() {
    return program_name() == "processing_server";
}

}  // namespace

TEST_CASE("joins every thread") {
    judge_joins(is_server() ? server_joins() : client_joins(), readme(is_server() ? 3 : 5));
}

TEST_CASE("has no data race") {
    judge(standing::no_data_race,
          {.problem = under_sanitizer(Flavour::thread_sanitizer, is_server() ? server_under : client_under),
           .saw = "the program ran to its end under ThreadSanitizer, which had nothing to report",
           .read = readme(is_server() ? 3 : 5)});
}

TEST_CASE("has no memory error") {
    judge(standing::no_memory_error,
          {.problem = under_sanitizer(Flavour::address_sanitizer, is_server() ? server_under : client_under),
           .saw = "the program ran to its end under AddressSanitizer and UBSan, which had nothing to report",
           .read = readme(is_server() ? 3 : 5)});
}

TEST_CASE("does not busy-wait") {
    judge(standing::no_busy_wait, {.problem = is_server() ? server_spins() : client_spins(),
                                   .saw = "with nothing to do but wait, the program used no processor time",
                                   .read = readme(is_server() ? 3 : 5)});
}

TEST_CASE("refuses bad flags") {
    if (is_server())
        judge_refusals({{{"--bogus"}, {"--bogus"}},
                        {{"--workers", "0"}, {"--workers", "0"}},
                        {{"--port", "99999"}, {"--port", "99999"}}},
                       readme(1));
    else
        judge_refusals({{{"--bogus"}, {"--bogus"}},
                        {{"--mode", "sideways"}, {"--mode", "sideways"}},
                        {{"--samples", "0"}, {"--samples", "0"}},
                        {{"--slowdown", "none"}, {"--slowdown", "none"}},
                        {{"--slowdown", "0.5"}, {"--slowdown", "0.5"}}},
                       readme(1));
}
