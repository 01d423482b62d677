// An order in words: who moved when, who waits for what at its end, and how it ended.
#pragma once

#include <string>

#include "grader/explore/names.hpp"
#include "grader/explore/player.hpp"

namespace explore {

// Whose turn it was, one after the other: "main T1 T2*3 T1 T2" is main, thread 1, three steps of thread 2, thread 1
// again, thread 2. Without a number a thread goes on until it can no more. "T1:T3" wakes T3, though others slept
// longer.
std::string schedule(const Player& player, const Names& names = {});

// The turn was taken from the thread that made this step, though it could have gone on.
bool is_taken_after(const SharedOrder& order, std::uint32_t event);

// "waits for a lock". `joined`: the name of the thread that it waits for, where it joins one.
std::string what_it_waits_for(What what, const std::string& joined);

// Of an order that came to no end: "main waits in join for thread 1 (queue.cpp:70); thread 1 waits to be woken
// (queue.cpp:41)". `name`: the exercise's.
std::string who_waits(const Player& player, const std::string& name, const Names& names = {});

// How an order ended that did not come to its end, or ended with an error: "the program hangs: ..."; else "".
std::string wrong_end(const Player& player, const std::string& name, const Names& names = {}, int exit_code = 0);

// The explorer cannot follow it: it waits in the kernel, takes more steps than there is room for, or computes without
// any, as code that waits by instructions of its own does. Or the same choices gave another run: it draws numbers, perhaps.
bool beyond(const Player& player);

}  // namespace explore
