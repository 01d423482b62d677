// The table of big_countdown_contention: which modes to measure, and what is printed of each.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "support/big_countdown_options.hpp"

// Counts options.count down as `sharing` says, with that many threads, and
// returns how many decrements were really made.
using CountDown = std::function<std::int64_t(const std::string& sharing, int threads)>;

// Runs `count_down` for each mode that --sharing asks for, and prints a header and a row per mode.
// One thread, private, is the yardstick of the speed-ups. It runs once, after the first mode.
void print_contention(const ContentionOptions& options, const CountDown& count_down);
