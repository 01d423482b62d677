// The lines of an exercise that the steps of one order come from.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "grader/explore/player.hpp"

namespace explore {

class CodeLines {
  public:
    // Of the order that the player played last. `source` is the text of the exercise of that name.
    CodeLines(const Player& player, const std::string& name, const std::string& source);

    int line_at(std::uint64_t place) const;  // 0 where that is not in the exercise's own source
    std::string text_of(int line) const;     // without its indentation, and safe to print

  private:
    std::map<std::uint64_t, int> lines_;
    std::vector<std::string> texts_;
};

}  // namespace explore
