#include "grader/explore/world.hpp"

#include <algorithm>

namespace explore {

namespace {

bool sleeps_until_others_move(What what) {
    return what == What::wakes_up || what == What::takes || what == What::reads || what == What::writes ||
           what == What::polls;
}

}  // namespace

World::World(const SharedOrder& order) : order_(order) {
    for (std::uint32_t i = 0; i < order.events; ++i) own_[order.event[i].thread].push_back(i);
    there_[0] = true;
}

void World::make(std::uint32_t event) {
    now_ = event;
    const Event& step = order_.event[event];
    asleep_.erase(step.thread);
    reached_.clear();
    switch (step.what) {
        case What::creates:
            if (step.other < 0) break;
            there_[static_cast<std::size_t>(step.other)] = true;
            reached_ = {step.other};
            break;
        case What::ends: ended_[step.thread] = true; break;
        case What::locks: ++holders_[step.object][step.thread]; break;
        case What::unlocks: --holders_[step.object][step.thread]; break;
        case What::waits:
            holders_[step.after].erase(step.thread);
            asleep_[step.thread] = step.object;
            break;
        case What::wakes_up:
            if (step.after != 0) holders_[step.after][step.thread] = 1;
            break;
        case What::parks:
            if (step.other != -2) asleep_[step.thread] = step.object;
            break;
        case What::arrives: arrive(step); break;
        case What::notifies_all: wake_all(step.object); break;
        case What::notifies_one:
        case What::unparks:
            if (step.other < 0) break;
            reached_ = {step.other};
            asleep_.erase(step.other);
            break;
        default: break;
    }
}

const Event* World::next_of(int thread) const {
    const std::vector<std::uint32_t>& own = own_[static_cast<std::size_t>(thread)];
    const auto at = std::upper_bound(own.begin(), own.end(), now_);
    return at == own.end() ? nullptr : &order_.event[*at];
}

int World::holder_of(std::uint64_t lock, int other_than) const {
    const auto found = holders_.find(lock);
    if (found == holders_.end()) return -1;
    for (const auto& [thread, depth] : found->second)
        if (thread != other_than && depth > 0) return thread;
    return -1;
}

std::vector<Lane> World::lanes() const {
    std::vector<Lane> lanes(order_.threads);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const int thread = static_cast<int>(i);
        lanes[i].is_there = there_[i] && !ended_[i];
        lanes[i].waits = lanes[i].is_there && (asleep_.count(thread) > 0 || is_kept(thread));
        for (const auto& [lock, holders] : holders_) {
            const auto own = holders.find(thread);
            lanes[i].holds = lanes[i].holds || (own != holders.end() && own->second > 0);
        }
    }
    return lanes;
}

// By a lock that another has, or a thread that runs on.
bool World::is_kept(int thread) const {
    if (const Event* next = next_of(thread))
        return is_kept(thread, next->what, next->what == What::wakes_up ? next->after : next->object);
    const Waiting& end = order_.waiting[static_cast<std::size_t>(thread)];
    const bool has_it = order_.end == End::stuck || order_.end == End::halted;
    const bool is_stuck = order_.end == End::stuck && sleeps_until_others_move(end.what);
    return has_it && end.waits && (is_stuck || is_kept(thread, end.what, end.object));
}

bool World::is_kept(int thread, What what, std::uint64_t object) const {
    if (what == What::joins) return object < most_threads && !ended_[object];
    if (what == What::sleeps) return true;
    return (what == What::locks || what == What::wakes_up) && holder_of(object, thread) >= 0;
}

void World::wake_all(std::uint64_t object) {
    for (const auto& [thread, on] : asleep_)
        if (on == object) reached_.push_back(thread);
    for (const int thread : reached_) asleep_.erase(thread);
}

// The last one that arrives does not wait.
void World::arrive(const Event& step) {
    const Event* next = next_of(step.thread);
    if (next && next->what != What::wakes_up) return wake_all(step.object);
    asleep_[step.thread] = step.object;
}

}  // namespace explore
