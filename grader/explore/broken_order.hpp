// An order that breaks a program, as plain data: enough to play it again.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/explore/explorer.hpp"
#include "grader/explore/history.hpp"
#include "grader/explore/names.hpp"

namespace explore {

struct BrokenOrder {
    std::vector<std::string> arguments;  // of the program
    Choices choices;                     // without those at the end that happen by themselves
    Names names;
    int exit_code = 0;  // with which it is to end
    std::string schedule;
    std::string problem;
    Decision decision;
};

// The order that the player has just played, which has this problem. Plays up to `budget` others to find what decided.
BrokenOrder broken_order(Player& player, const std::vector<std::string>& arguments, const Names& names, int exit_code,
                         const std::string& problem, unsigned long budget, const Judge& wrong);

// What happened in it: `source` is the text of the exercise of that name, which was built. None where the program does
// not follow it any more. Throws as Player does.
std::optional<History> history_of(const std::filesystem::path& executable, const BrokenOrder& order,
                                  const std::string& name, const std::string& source);

// What ./kit grade keeps of it, as JSON, and reads back.
struct KeptOrder {
    BrokenOrder order;
    std::string criterion;
    std::string digest;  // of the source
};
std::string to_json(const KeptOrder& kept);
std::optional<KeptOrder> kept_order_from(const std::string& json);

// As JSON of ASCII, in one line, and back: "" for one that is too long to be kept, and nothing for a
// text that is none.
std::string to_json(const BrokenOrder& order);
std::optional<BrokenOrder> broken_order_from(const std::string& json);

}  // namespace explore
