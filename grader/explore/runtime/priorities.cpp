#include "grader/explore/runtime/priorities.hpp"

#include <algorithm>

namespace explore {

Priorities::Priorities(std::uint64_t seed, std::uint32_t steps, std::uint32_t changes) : state_(seed) {
    for (std::uint32_t i = 0; i < changes; ++i) changes_.emplace(draw() % std::max(1u, steps), i);
}

// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): the same numbers on every machine.
std::uint64_t Priorities::draw() {
    std::uint64_t value = state_ += 0x9e3779b97f4a7c15;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
}

std::size_t Priorities::highest(const std::vector<int>& able, int current, std::uint32_t step) {
    while (!changes_.empty() && changes_.begin()->first <= step) {
        priorities_[current] = changes_.begin()->second;
        changes_.erase(changes_.begin());
    }
    const auto priority = [this](int thread) {
        const auto known = priorities_.find(thread);
        if (known != priorities_.end()) return known->second;
        return priorities_[thread] = draw() | (std::uint64_t{1} << 63);  // above all that were lowered
    };
    std::size_t best = 0;
    for (std::size_t i = 1; i < able.size(); ++i)
        if (priority(able[i]) > priority(able[best])) best = i;
    return best;
}

std::size_t Priorities::any(const std::vector<int>& waiters) {
    return draw() % waiters.size();
}

}  // namespace explore
