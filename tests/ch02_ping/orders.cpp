// Chapter 2: small lists of URLs, in every order in which their threads can take their steps. Each test case is one
// criterion, run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/explored.hpp"
#include "bench/lines.hpp"
#include "ch02_ping/pinger.hpp"

namespace {

const std::string server = "http://127.0.0.1:1";

// The answers are those of doubles/ask.cpp.
SmallPlan asking(const Words& paths, int workers, unsigned long budget) {
    SmallPlan plan{.budget = budget};
    if (workers > 0) plan.arguments = {"--workers", std::to_string(workers)};
    Words expected;
    for (const std::string& path : paths) {
        const bool refused = path == "/refused";
        plan.arguments.push_back(server + path);
        expected.push_back(server + path + (refused ? ":error: connection refused" : ":OK"));
        if (refused) plan.exit_code = 1;
    }
    plan.wrong = [expected](const Words& lines) { return missing_or_extra(lines, expected); };
    return plan;
}

}  // namespace

TEST_CASE("is right in whatever order its threads are moved") {
    if (is_pool())
        judge_orders({asking({"/1", "/2"}, 2, 400), asking({"/1", "/2", "/3"}, 2, 400),
                      asking({"/refused", "/2", "/3"}, 3, 400), asking({"/1", "/refused"}, 4, 200)},
                     readme(7));
    else judge_orders({asking({"/1", "/refused"}, 0, 400), asking({"/1", "/2", "/refused"}, 0, 400)}, readme(7));
}
