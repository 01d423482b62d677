#include "bench/explored.hpp"

#include <csignal>
#include <cstdlib>
#include <sstream>

#include "bench/criterion.hpp"
#include "bench/standing.hpp"
#include "grader/explore/story.hpp"
#include "grader/judge/criterion_environment.hpp"

namespace {

using explore::End;
using explore::Player;

Words lines_of(const std::string& output) {
    Words lines;
    std::istringstream text(output);
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

std::string wrong_end(const Player& player, int exit_code) {
    if (player.order().end == End::stuck) return "the program hangs: " + explore::who_waits(player, program_name());
    if (player.ending() == Ending{false, exit_code}) return "";
    return "the program " + describe(player.ending()) +
           (player.ending().by_signal ? "" : ", and not with " + std::to_string(exit_code));
}

// The explorer cannot follow it: it waits in the kernel, takes more steps than there is room for, or computes without any,
// as code that waits by instructions of its own does. The other criteria judge that.
bool beyond(const Player& player) {
    const End end = player.order().end;
    return end == End::not_played || end == End::too_long || player.ending() == Ending{true, SIGXCPU};
}

Explored in_every_order(const SmallPlan& plan) {
    const char* objection = std::getenv(variable::objection_to(plan.flavour).c_str());
    if (objection && *objection != '\0') return {objection, ""};
    const std::filesystem::path program = executable(plan.flavour);
    if (program.empty()) return {"", "no order, for it cannot be built to be moved step by step"};
    Player player(program, plan.arguments);
    player.play({});
    if (beyond(player)) return {"", "no order, for the explorer cannot follow what it does"};
    const explore::Search search = explore::search(player, plan.budget, [&](const Player& order) {
        if (beyond(order)) return std::string();
        std::string problem = wrong_end(order, plan.exit_code);
        if (problem.empty()) problem = plan.wrong(lines_of(order.output()));
        return problem.empty() && plan.wrong_steps ? plan.wrong_steps(order.order()) : problem;
    });
    if (search.problem.empty()) return {"", explore::covered(search)};
    const std::string schedule = explore::schedule(player);
    return {"in the order " + schedule + ", " + search.problem, explore::covered(search), schedule};
}

}  // namespace

Explored in_every_order(const std::vector<SmallPlan>& plans) {
    std::string covered;
    for (const SmallPlan& plan : plans) {
        const Explored explored = in_every_order(plan);
        const std::string with = with_arguments(plan.arguments) + ": ";
        if (!explored.problem.empty()) return {with + explored.problem, "", explored.schedule};
        covered += (covered.empty() ? "" : "; ") + with + explored.covered;
    }
    return {"", covered};
}

void judge_orders(const std::vector<SmallPlan>& plans, const std::string& read) {
    const Explored explored = in_every_order(plans);
    judge(standing::any_order, {.problem = explored.problem,
                                .saw = "every order that was tried came to the same end: " + explored.covered,
                                .read = read,
                                .schedule = explored.schedule});
}
