// Where each thread stands at the end of an order that was played up to a choice.
#pragma once

#include <string>
#include <vector>

#include "grader/explore/history.hpp"

namespace explore {

struct Standing {
    int thread = 0;
    int option = -1;  // of the choice: its number; -1: it cannot move, or be woken, now
    bool holds = false;
    std::string what;  // "locks", "waits for the lock, which P1 has"
    int line = 0;
    std::string code;
};

// Of all threads that are there: first those that can move, as the choice numbers them.
std::vector<Standing> standing_in(const Player& player, const Telling& telling);

}  // namespace explore
