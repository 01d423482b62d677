#include "grader/explore/touched.hpp"

#include <bit>

namespace explore {

namespace {

bool is_shared(std::uint32_t threads) {
    return !std::has_single_bit(threads);
}

}  // namespace

// A beginning, an end, a creation or a join is between two threads, and changes nothing that a third one sees.
bool Touched::is_seen_by_others(const Event& event) {
    return event.object > most_threads;
}

std::vector<std::uint64_t> Touched::add(const SharedOrder& order) {
    std::vector<std::uint64_t> news;
    const auto touch = [&](std::uint64_t object, const Event& event) {
        Users& users = by_[object];
        const Users before = users;
        users.threads |= 1u << event.thread;
        users.tried = users.tried || event.what == What::fails_to_lock || event.what == What::gives_up;
        if (before.threads == 0) return;
        if (is_shared(before.threads) != is_shared(users.threads) || before.tried != users.tried)
            news.push_back(object);
    };
    for (std::uint32_t i = 0; i < order.events; ++i) {
        const Event& event = order.event[i];
        if (!is_seen_by_others(event)) continue;
        touch(event.object, event);
        if (event.what == What::waits || event.what == What::wakes_up) touch(event.after, event);
    }
    return news;
}

bool Touched::matters(const Event& event) const {
    const auto found = by_.find(event.object);
    if (!is_seen_by_others(event) || found == by_.end()) return false;
    return is_shared(found->second.threads) && (event.what != What::unlocks || found->second.tried);
}

}  // namespace explore
