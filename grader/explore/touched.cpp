#include "grader/explore/touched.hpp"

#include <bit>

namespace explore {

namespace {

// A beginning, an end, a creation or a join is between two threads, and changes nothing that a third one sees.
bool is_seen_by_others(const Event& event) {
    return event.object > most_threads;
}

bool is_shared(std::uint32_t threads) {
    return !std::has_single_bit(threads);
}

}  // namespace

bool Touched::add(const SharedOrder& order) {
    const std::unordered_map<std::uint64_t, Users> before = by_;
    bool as_known = true;
    const auto touch = [&](std::uint64_t object, const Event& event) {
        Users& users = by_[object];
        users.threads |= 1u << event.thread;
        users.tried = users.tried || event.what == What::fails_to_lock || event.what == What::gives_up;
        const auto known = before.find(object);
        if (known == before.end()) return;
        const Users& earlier = known->second;
        if (is_shared(earlier.threads) != is_shared(users.threads) || earlier.tried != users.tried) as_known = false;
    };
    for (std::uint32_t i = 0; i < order.events; ++i) {
        const Event& event = order.event[i];
        if (!is_seen_by_others(event)) continue;
        touch(event.object, event);
        if (event.what == What::waits || event.what == What::wakes_up) touch(event.after, event);
    }
    return as_known;
}

bool Touched::matters(const Event& event) const {
    if (!knows_) return true;
    if (!is_seen_by_others(event)) return false;
    const auto found = by_.find(event.object);
    if (found == by_.end()) return true;
    return is_shared(found->second.threads) && (event.what != What::unlocks || found->second.tried);
}

}  // namespace explore
