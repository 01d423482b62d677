// Chapter 5, fetch_threads: a few URLs, in every order in which their threads can take their steps.
#include "bench/explored.hpp"
#include "bench/lines.hpp"
#include "ch05_shared_memory/shared_memory.hpp"
#include "support/message.hpp"

namespace {

// The answers are those of doubles/fetch.cpp.
SmallPlan fetching(const Words& paths, unsigned long budget) {
    SmallPlan plan{.budget = budget};
    Words expected;
    for (const std::string& path : paths) {
        plan.arguments.push_back("http://127.0.0.1:1/" + path);
        const bool refused = path == "refused";
        const Fetched fetched =
            refused ? Fetched{false, "", "connection refused"} : Fetched{true, std::string(std::stoul(path), 'x'), ""};
        expected.push_back("worker " + std::to_string(plan.arguments.size()) + ": " + result_of(fetched).text);
        if (refused) plan.exit_code = 1;
    }
    plan.wrong = [expected](const Words& lines) { return missing_or_extra(lines, expected); };
    return plan;
}

}  // namespace

void judge_orders_of_fetch_threads() {
    judge_orders({fetching({"7"}, 200), fetching({"7", "refused"}, 500), fetching({"7", "8", "9"}, 500)}, readme(2));
}
