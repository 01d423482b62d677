#include "grader/explore/touched.hpp"

#include <bit>

namespace explore {

bool Touched::Users::is_shared() const {
    return !std::has_single_bit(threads);
}

std::vector<std::uint64_t> Touched::add(const SharedOrder& order) {
    std::vector<std::uint64_t> news;
    const auto touch = [&](std::uint64_t object, const Event& event) {
        Users& users = by_[object];
        const Users before = users;
        users.threads |= 1u << event.thread;
        users.tried = users.tried || event.what == What::fails_to_lock || event.what == What::gives_up;
        if (before.threads != 0 && (before.is_shared() != users.is_shared() || before.tried != users.tried))
            news.push_back(object);
    };
    for (std::uint32_t i = 0; i < order.events; ++i) {
        const Event& event = order.event[i];
        if (!is_between_many(event)) continue;
        touch(event.object, event);
        if (event.what == What::waits || event.what == What::wakes_up) touch(event.after, event);
    }
    return news;
}

bool Touched::matters(const Event& event) const {
    const auto found = by_.find(event.object);
    if (!is_between_many(event) || found == by_.end()) return false;
    return found->second.is_shared() && (event.what != What::unlocks || found->second.tried);
}

}  // namespace explore
