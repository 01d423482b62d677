// Steps in words.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "grader/explore/code_lines.hpp"
#include "grader/explore/names.hpp"
#include "grader/explore/shared_order.hpp"

namespace explore {

// Of one order: its locks are told apart by letters where there are several.
class StepWords {
  public:
    StepWords(const SharedOrder& order, const CodeLines& code, Names names);

    // "reads 3", "locks B", "wakes C1"
    std::string of(const Event& event) const;
    // Of a step that a thread stands before: "lock", as in "is held up before it ...s".
    std::string next(What what, std::uint64_t object) const;
    // "the lock", "lock B"
    std::string lock(std::uint64_t object) const;
    std::string name(int thread) const { return short_name(names_, thread); }

  private:
    std::string value(std::uint64_t value) const;
    std::string on(std::uint64_t object) const;

    Names names_;
    std::map<std::uint64_t, std::string> locks_;
    mutable std::map<std::uint64_t, int> addresses_;  // that were values of atomics: "address 1"
};

// How many steps main makes before there are others: those of the libraries, mostly.
std::uint32_t steps_alone(const SharedOrder& order);

}  // namespace explore
