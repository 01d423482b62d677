#include "bench/explored.hpp"

#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "bench/criterion.hpp"
#include "bench/standing.hpp"
#include "grader/explore/broken_order.hpp"
#include "grader/explore/story.hpp"
#include "grader/judge/criterion_environment.hpp"

namespace {

using explore::Player;

Words lines_of(const std::string& output) {
    Words lines;
    std::istringstream text(output);
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

constexpr unsigned long orders_to_decide = 300;

Explored explored(const SmallPlan& plan) {
    const char* objection = std::getenv(variable::objection_to(plan.flavour).c_str());
    if (objection && *objection != '\0') return {objection, ""};
    const std::filesystem::path program = executable(plan.flavour);
    if (program.empty()) return {"", "no order, for it cannot be built to be moved step by step"};
    Player player(program, plan.arguments);
    const explore::Judge breaks = [&](const Player& order) {
        std::string problem = explore::wrong_end(order, program_name(), plan.names, plan.exit_code);
        if (problem.empty()) problem = plan.wrong(lines_of(order.output()));
        return problem.empty() && plan.wrong_steps ? plan.wrong_steps(order.order()) : problem;
    };
    const explore::Search search = explore::search(player, plan.budget, breaks);
    // The other criteria judge what the explorer cannot follow.
    if (search.orders == 0) return {"", "no order, for the explorer cannot follow what it does"};
    if (search.problem.empty()) return {"", explore::covered(search)};
    const explore::BrokenOrder broken = explore::broken_order(player, plan.arguments, plan.names, plan.exit_code,
                                                              search.problem, orders_to_decide, breaks);
    return {"in the order " + broken.schedule + ", " + search.problem, explore::covered(search), broken.schedule,
            explore::to_json(broken)};
}

// A machine that had no room for a process may have some now, and the same orders come in the same turn.
Explored in_every_order(const SmallPlan& plan) {
    try {
        return explored(plan);
    } catch (const std::runtime_error&) {
        return explored(plan);
    }
}

}  // namespace

Explored in_every_order(const std::vector<SmallPlan>& plans) {
    std::string covered;
    for (const SmallPlan& plan : plans) {
        const Explored explored = in_every_order(plan);
        const std::string with = with_arguments(plan.arguments);
        if (!explored.problem.empty()) return {with + ", " + explored.problem, "", explored.schedule, explored.order};
        covered += (covered.empty() ? "" : "; ") + with + ": " + explored.covered;
    }
    return {"", covered};
}

void judge_orders(const std::vector<SmallPlan>& plans, const std::string& read) {
    const Explored explored = in_every_order(plans);
    judge(standing::any_order, {.problem = explored.problem,
                                .saw = "every order that was tried came to the same end: " + explored.covered,
                                .read = read,
                                .schedule = explored.schedule,
                                .order = explored.order});
}
