// All orders of a small plan, or as many as the budget allows, those with the fewest turns taken first: so the first order
// that breaks a program is a shortest one. States that were seen before are not gone through again. Beyond the budget a few
// are drawn, which may have many turns taken.
//
// How turns are counted: Emmi, Qadeer, Rakamaric, Delay-Bounded Scheduling, POPL 2011. A state is what happened before,
// up to the order of steps that do not concern each other (Mazurkiewicz), as in Musuvathi, Qadeer, Fair stateless model
// checking, PLDI 2008.
#pragma once

#include <functional>
#include <string>

#include "grader/explore/player.hpp"

namespace explore {

struct Search {
    unsigned long orders = 0;     // that were played to their end
    unsigned long pruned = 0;     // that came to a state seen before
    unsigned long beyond = 0;     // that the explorer cannot follow (story.hpp), or that were not the same again
    bool all = false;             // there are no others
    int taken = -1;               // all orders with at most so many turns taken were tried
    unsigned long by_chance = 0;  // that were drawn, beyond those
    std::string problem;          // of the first that breaks it; the player holds that order
};

// How the order that was just played is wrong, or "". It is not asked of one that cannot be followed (story.hpp).
using Judge = std::function<std::string(const Player&)>;

// At most `budget` orders, of those that begin with `first`; none where the first one cannot be followed. Throws as Player::play does.
Search search(Player& player, unsigned long budget, const Judge& wrong, const Choices& first = {});

// Which choice of a broken order decided: from the last one back, the first that another choice could have replaced so
// that some order after it does not break. None where `budget` orders do not suffice to be sure, or some of them is
// beyond the explorer. The player holds another order then.
struct Decision {
    int point = -1;    // -1: none is known
    int instead = -1;  // the thread that could have moved, or been woken, instead
    bool was_woken = false;
};
Decision decision_of(Player& player, const Choices& broken, unsigned long budget, const Judge& wrong);

// "all 64 orders", "all orders with at most 2 turns taken, and 31 others"
std::string covered(const Search& search);

}  // namespace explore
