// Programs that are tried in every order of their threads' steps, or in as many as a budget allows
// (grader/explore/explorer.hpp).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/words.hpp"
#include "grader/compile/flavour.hpp"
#include "grader/explore/explorer.hpp"
#include "grader/explore/names.hpp"

struct Explored {
    std::string problem;        // of a shortest order that breaks the program, and that order; "" where none does
    std::string covered;        // "all 64 orders"
    std::string schedule = "";  // that order alone
    std::string order = "";     // the same, to play it again: explore/broken_order.hpp, as JSON
};

// A small plan of the criterion's program. `wrong`: how what it printed is wrong, or "", where it ended by itself and with
// that exit code. Whatever else ends it, or keeps it from its end, is a problem in any case.
struct SmallPlan {
    Words arguments{};
    unsigned long budget;  // of orders
    std::function<std::string(const Words& lines)> wrong{};
    int exit_code = 0;
    std::function<std::string(const explore::SharedOrder&)> wrong_steps{};  // the same of what it did
    explore::Names names{};  // of its threads, where it is known who does what
    Flavour flavour = Flavour::explored;
};

// The first of these that is broken by an order, or what was covered of all.
Explored in_every_order(const std::vector<SmallPlan>& plans);

// "is right in whatever order its threads are moved"
void judge_orders(const std::vector<SmallPlan>& plans, const std::string& read);
