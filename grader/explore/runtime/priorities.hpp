// Who has the turn where chance decides: probabilistic concurrency testing. Each thread has a priority, drawn at its
// beginning; the highest one that can go on does. At a few steps, drawn beforehand, whoever has the turn becomes the lowest.
//
// Burckhardt, Kothari, Musuvathi, Nagarakatte, A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS
// 2010: of n threads and k steps, a mistake that needs d ordered steps shows with probability at least 1/(n k^(d-1)).
#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace explore {

class Priorities {
  public:
    // `steps`: so many the program takes, or a few more. `changes`: of priorities, d - 1.
    Priorities(std::uint64_t seed, std::uint32_t steps, std::uint32_t changes);

    // The place in `able` of whom to take. `current` has had the turn, `step` steps were made.
    std::size_t highest(const std::vector<int>& able, int current, std::uint32_t step);
    std::size_t any(const std::vector<int>& waiters);

  private:
    std::uint64_t draw();

    std::uint64_t state_;
    std::multimap<std::uint32_t, std::uint64_t> changes_;  // at which step, and the priority from then on
    std::map<int, std::uint64_t> priorities_;
};

}  // namespace explore
