#include "bench/explored.hpp"

#include <csignal>
#include <cstdlib>
#include <sstream>

#include "bench/criterion.hpp"
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

std::string wrong_end(const Player& player) {
    const Ending ending = player.ending();
    switch (player.order().end) {
        case End::stuck: return "the program hangs: " + explore::who_waits(player, program_name());
        case End::too_long: return "the program goes on and on: " + explore::who_waits(player, program_name());
        default: break;
    }
    if (ending.by_signal && ending.number == SIGXCPU) return "the program computes on and on";
    return ending == Ending{false, 0} ? "" : "the program " + describe(ending);
}

}  // namespace

Explored in_every_order(const Words& arguments, unsigned long budget,
                        const std::function<std::string(const Words& lines)>& wrong) {
    const char* objection = std::getenv(variable::objection_to(Flavour::explored).c_str());
    if (objection && *objection != '\0') return {objection, ""};
    Player player(executable(Flavour::explored), arguments);
    player.play({});
    if (player.order().end == End::not_played)
        return {"", "no order, for it waits for what the explorer does not play"};
    const explore::Search search = explore::search(player, budget, [&](const Player& order) {
        if (order.order().end == End::not_played) return std::string();
        const std::string end = wrong_end(order);
        return end.empty() ? wrong(lines_of(order.output())) : end;
    });
    if (search.problem.empty()) return {"", explore::covered(search)};
    const std::string schedule = explore::schedule(player);
    return {"in the order " + schedule + ", " + search.problem, explore::covered(search), schedule};
}
