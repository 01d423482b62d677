// The flags of chapter 3's programs: --count and --threads, and what the contention program adds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "support/duration.hpp"

inline constexpr int most_threads = 256;  // that --threads takes

struct BigCountdownOptions {
    std::int64_t count = 100'000'000;
    int threads = 2;
};

struct ContentionOptions : BigCountdownOptions {
    std::string sharing = "all";
    Duration switch_interval = std::chrono::milliseconds(5);
};

// What --sharing takes beside "all", in the order of the rows.
const std::vector<std::string>& sharing_modes();

// Both return only with options that hold. --help ends the program with status 0,
// bad input with status 2 and one line on stderr. `purpose`: what --help says first.
BigCountdownOptions parse_big_countdown_options(int argc, char** argv, const std::string& purpose);
ContentionOptions parse_contention_options(int argc, char** argv, const std::string& purpose);
