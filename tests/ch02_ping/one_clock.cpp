#include "ch02_ping/one_clock.hpp"

#include <algorithm>

void OneClock::go_on(Nanoseconds limit) {
    constexpr Nanoseconds longest = std::chrono::hours(24 * 365);  // so that sums stay in range
    std::map<Sleep, Nanoseconds> ends;
    const std::vector<Held> asleep = program_.asleep();
    const Held* first = nullptr;
    Nanoseconds next = limit;
    for (const Held& held : asleep) {
        const Sleep sleep{held.thread, held.id};
        const auto known = ends_.find(sleep);
        const Nanoseconds end = known != ends_.end() ? known->second : now_ + std::min(held.asked, longest);
        ends.emplace(sleep, end);
        if (end > next) continue;
        next = end;
        first = &held;
    }
    ends_ = std::move(ends);
    program_.stage().pass(next - now_);
    now_ = next;
    if (!first) return;
    ends_.erase({first->thread, first->id});
    program_.wake(*first);
}
