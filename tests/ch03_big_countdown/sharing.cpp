#include "ch03_big_countdown/sharing.hpp"

#include <set>

void Sharing::find_counters() {
    for (unsigned long round = 0; round < 32 && problem.empty() && missing() != 0; ++round) {
        for (const pid_t thread : counting.members()) {
            if (round > 3 && counting.microscope.blocked(thread) && !counting.let_in(thread)) continue;
            // Never the same place: whoever is stopped with the lock each time lets nobody in.
            const Counting::Written now = counting.written(thread, 14 * round);
            if (!now.counters.empty()) written[thread] = now;
        }
    }
    if (problem.empty() && missing() != 0)
        problem = counting.name(missing()) + " was not seen to decrement a counter outside its own stack; " +
                  counting.situation();
}

pid_t Sharing::missing() const {
    for (const pid_t thread : counting.members())
        if (!written.count(thread)) return thread;
    return 0;
}

Address Sharing::common_counter() {
    find_counters();
    if (!problem.empty()) return 0;
    std::set<Address> common = written.begin()->second.counters;
    for (const auto& [thread, own] : written)
        std::erase_if(common, [&own = own](Address word) { return !own.counters.count(word); });
    if (common.empty()) problem = "the threads decrement different counters";
    return common.empty() ? 0 : *common.begin();
}
