// From an order in words, as schedule() writes it, to the choices that play it.
#pragma once

#include <string>

#include "grader/explore/names.hpp"
#include "grader/explore/player.hpp"

namespace explore {

// The player holds that order afterwards. Throws UsageError that says which word cannot be followed, and which threads
// could have moved.
Choices follow(Player& player, const std::string& schedule, const Names& names);

}  // namespace explore
