// Chapter 7, send_pool: its ThreadPool alone (trials/send_pool.cpp), in whatever order. A criterion, run by itself; points
// are in chapter.json.
#include "bench/catch.hpp"
#include "bench/explored.hpp"
#include "bench/lines.hpp"
#include "ch07_executors/sender.hpp"

namespace {

const std::string word = "kuckuck";

SmallPlan small(const std::string& trial, const std::string& line, unsigned long budget) {
    return {.arguments = {trial, word},
            .budget = budget,
            .wrong = [line](const Words& lines) { return wrong_in_order(lines, {line}); },
            .flavour = Flavour::explored_trial};
}

}  // namespace

TEST_CASE("is right in whatever order its threads are moved") {
    judge_orders({small("ends_idle", word + " 0", 300), small("returns", word + " 7", 300),
                  small("ends", word + " 2", 300), small("throws", "caught " + word + " 2", 200),
                  small("two_submit", word + " 3", 300), small("grows", word + " 7", 200),
                  small("submits_meanwhile", word + " 7", 300), small("meets", word + " met", 300)},
                 readme(2));
}
