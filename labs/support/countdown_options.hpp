// The flags that every program of chapter 1 has: --from, --tick, and the actors' names.
#pragma once

#include <string>
#include <vector>

#include "support/duration.hpp"

struct CountdownOptions {
    int from = 5;
    Duration tick = std::chrono::seconds(1);
    std::vector<std::string> names = {"Alice", "Bob"};
};

// Returns only with options that hold. --help ends the program with status 0,
// bad input with status 2 and one line on stderr. `purpose`: what --help says first.
CountdownOptions parse_countdown_options(int argc, char** argv, const std::string& purpose);
