// An order in words: who moved when, and who waits for what at its end.
#pragma once

#include <string>

#include "grader/explore/player.hpp"

namespace explore {

// Whose turn it was, one after the other: "main 1 2*3 1 2" is main, thread 1, three steps of thread 2, thread 1 again,
// thread 2. Without a number a thread goes on until it can no more.
std::string schedule(const Player& player);

// Of an order that came to no end: "main waits for thread 1 to end (queue.cpp:70); thread 1 waits to be woken
// (queue.cpp:41)". `name`: the exercise's.
std::string who_waits(const Player& player, const std::string& name);

}  // namespace explore
