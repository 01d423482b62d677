// Programs that are tried in every order of their threads' steps, or in as many as a budget allows
// (grader/explore/explorer.hpp).
#pragma once

#include <functional>
#include <string>

#include "bench/words.hpp"
#include "grader/explore/explorer.hpp"

struct Explored {
    std::string problem;        // of a shortest order that breaks the program, and that order; "" where none does
    std::string covered;        // "all 64 orders"
    std::string schedule = "";  // that order alone
};

// The criterion's program with these arguments. `wrong`: how what it printed is wrong, or "", where it ended by itself
// and well. Whatever else ends it, or keeps it from its end, is a problem in any case.
Explored in_every_order(const Words& arguments, unsigned long budget,
                        const std::function<std::string(const Words& lines)>& wrong);
