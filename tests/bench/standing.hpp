// Verdicts of criteria, and the criteria that are asked of programs of several chapters: what is expected and why is
// said once, here, and a chapter takes it by name.
//
//   TEST_CASE("has no data race") {
//       judge(standing::no_data_race, {.problem = under_sanitizer(Flavour::thread_sanitizer, sanitized_run),
//                                      .saw = "16 URLs under ThreadSanitizer, to the end: nothing to report",
//                                      .read = readme(7)});
//   }
#pragma once

#include <string>

#include "bench/criterion.hpp"
#include "bench/ends.hpp"
#include "bench/words.hpp"

// What a criterion says that looks for a problem. It holds where there is none.
struct Claim {
    std::string saw;  // where there is no problem
    std::string expected;
    std::string why;
    std::string read;           // a README and its step
    std::string schedule = "";  // of the problem, where an order breaks the program
    std::string order = "";     // the same, to play it again
};

// Makes the verdict: `problem` is what was seen in place of claim.saw, or "".
void judge(const std::string& problem, const Claim& claim);

struct Standing {
    std::string expected, why;
};

namespace standing {

extern const Standing no_data_race, no_memory_error;
extern const Standing any_order;
extern const Standing joined, reaped, heard;
extern const Standing no_busy_wait;
extern const Standing whole_lines, lines_at_once;
extern const Standing bad_flags;
extern const Standing each_failure_alone;

}  // namespace standing

// What a chapter adds to a standing criterion.
struct Found {
    std::string problem;  // or ""
    std::string saw;      // where there is none
    std::string read;
    std::string form = "";      // what its programs are to print for that, in front of what is expected of all
    std::string schedule = "";  // of the problem, where an order breaks the program
    std::string order = "";     // the same, to play it again
};
void judge(const Standing& standing, const Found& found);

// "joins every thread"
void judge_joins(const Joins& joins, const std::string& read);

// "refuses bad flags": looks for the first record of `flags` that the program does not refuse as it should.
struct BadFlags {
    Words arguments;
    Words named;  // what the message has to name
};
void judge_refusals(const std::vector<BadFlags>& flags, const std::string& read);
