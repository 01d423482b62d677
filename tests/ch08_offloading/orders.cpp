// Chapter 8: a few requests and calls, in every order in which the threads can take their steps. Each test case is one
// criterion, run by itself; points are in chapter.json.
#include "bench/catch.hpp"
#include "bench/explored.hpp"
#include "bench/lines.hpp"
#include "ch08_offloading/service.hpp"

namespace {

// The requests are those of doubles/service.cpp.
SmallPlan serving(int workers, int requests, int late, unsigned long budget) {
    return {
        {"--workers", std::to_string(workers), "--requests", std::to_string(requests), "--late", std::to_string(late)},
        budget,
        [](const Words& lines) { return missing_or_extra(lines, {"all are answered"}); }};
}

// The results are those of doubles/offload.cpp.
SmallPlan offloading(const std::string& mode, const std::string& folder) {
    SmallPlan plan{{"--mode", mode, "--samples", "1", "--server", "http://127.0.0.1:1" + folder}, 300};
    plan.wrong = [mode](const Words& lines) {
        return wrong_in_order({lines.begin(), lines.begin() + std::min<long>(1, std::ssize(lines))},
                              {"mode " + mode + ": edges 12.5000, brightness 100.0000"});
    };
    return plan;
}

}  // namespace

TEST_CASE("is right in whatever order its threads are moved") {
    if (program_name() == "processing_server")
        judge_orders({serving(1, 1, 0, 200), serving(2, 2, 0, 400), serving(1, 0, 2, 200), serving(2, 1, 2, 400)},
                     readme(3));
    else
        judge_orders({offloading("process1", ""), offloading("process2", "/away"), offloading("both", ""),
                      offloading("both", "/away")},
                     readme(5));
}
