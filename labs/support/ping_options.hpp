// The URLs and flags of chapter 2's programs.
#pragma once

#include <string>
#include <vector>

#include "support/duration.hpp"

struct PingOptions {
    std::vector<std::string> urls;                // as typed, then those of --file, in order; some may be equal
    Duration timeout = std::chrono::seconds(10);  // for one URL
    int workers = 4;                              // of ping_pool alone
    bool complete = true;                         // false: --file could not be read, which stderr says
};

// Both print help or a refusal, and end the program, as Options::parse does. They also end it,
// with 1, where --file cannot be read and no other URL was given.
PingOptions parse_ping_options(int argc, char** argv, const std::string& purpose);
PingOptions parse_ping_pool_options(int argc, char** argv, const std::string& purpose);
