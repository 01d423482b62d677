#include "grader/debug/footprints.hpp"

#include <utility>

namespace {

// More than what criteria step to its end goes round: small counts are of 2,200 decrements.
constexpr unsigned long often = 2'500;

}  // namespace

void Footprints::stand_on(Address instruction, const unsigned char* code) {
    if (last_ != 0) prints_[last_].next.insert(instruction);
    last_ = instruction;
    Print& print = prints_[instruction];
    if (std::exchange(print.era, era_) != era_) print.times = 0;
    if (print.times++ > 0) return;
    if (const auto ways = ways_on(code, instruction)) print.next.insert(ways->begin(), ways->end());
}

bool Footprints::worn(Address instruction) const {
    const auto known = prints_.find(instruction);
    return known != prints_.end() && known->second.era == era_ && known->second.times > often;
}

std::vector<Address> Footprints::exits() const {
    std::set<Address> all = returns_;
    for (const auto& [instruction, print] : prints_)
        if (worn(instruction)) all.insert(print.next.begin(), print.next.end());
    std::erase_if(all, [this](Address instruction) { return worn(instruction); });
    return {all.begin(), all.end()};
}
