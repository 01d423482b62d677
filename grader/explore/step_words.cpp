#include "grader/explore/step_words.hpp"

#include <utility>

namespace explore {

namespace {

constexpr std::uint64_t least_address = std::uint64_t{1} << 40;  // no counter of a small plan comes that far

}  // namespace

StepWords::StepWords(const SharedOrder& order, const CodeLines& code, Names names) : names_(std::move(names)) {
    for (std::uint32_t i = steps_alone(order); i < order.events; ++i) {
        const Event& event = order.event[i];
        if (event.what == What::locks && code.line_at(event.place) > 0)
            locks_.try_emplace(event.object, std::string(1, static_cast<char>('A' + locks_.size() % 26)));
    }
}

std::string StepWords::lock(std::uint64_t object) const {
    const auto found = locks_.find(object);
    return found == locks_.end() || locks_.size() == 1 ? "the lock" : "lock " + found->second;
}

std::string StepWords::on(std::uint64_t object) const {
    const auto found = locks_.find(object);
    return found == locks_.end() || locks_.size() == 1 ? "" : " " + found->second;
}

// How wide the word was is not known: what looks like a negative number of 32 or 64 bits is one.
std::string StepWords::value(std::uint64_t value) const {
    if (value >= 0xffff0000u && value <= 0xffffffffu) return std::to_string(static_cast<std::int32_t>(value));
    if (value >= ~std::uint64_t{0xffff}) return std::to_string(static_cast<std::int64_t>(value));
    if (value < least_address) return std::to_string(value);
    const int next = static_cast<int>(addresses_.size()) + 1;
    return "address " + std::to_string(addresses_.try_emplace(value, next).first->second);
}

std::string StepWords::of(const Event& event) const {
    const std::string other = event.other < 0 ? "" : name(event.other);
    switch (event.what) {
        case What::begins: return "begins";
        case What::creates: return "starts " + other;
        case What::joins: return "has joined " + other;
        case What::ends: return "ends";
        case What::locks: return "locks" + on(event.object);
        case What::fails_to_lock: return "finds " + lock(event.object) + " taken";
        case What::unlocks: return "unlocks" + on(event.object);
        case What::waits: return "waits, and gives " + lock(event.after) + " back";
        case What::wakes_up: return event.after != 0 ? "is awake, and has " + lock(event.after) : "goes on";
        case What::gives_up: return "gives up waiting";
        case What::notifies_one:
        case What::notifies_all: return other.empty() ? "notifies, but no thread waits" : "wakes " + other;
        case What::loads: return "reads " + value(event.before);
        case What::stores: return "writes " + value(event.after) + " over " + value(event.before);
        case What::changes:
            return event.before == event.after ? "finds " + value(event.before)
                                               : "changes " + value(event.before) + " to " + value(event.after);
        case What::fails_to_change: return "finds " + value(event.before) + ", and leaves it";
        case What::parks: return event.other == -2 ? "need not wait" : "sleeps until it is woken";
        case What::unparks: return other.empty() ? "would wake, but no thread waits" : "wakes " + other;
        case What::takes: return "takes one from the semaphore";
        case What::posts: return "gives one to the semaphore";
        case What::arrives: return "arrives at the barrier";
        case What::yields: return "lets others go first";
        case What::sleeps: return "has slept";
        case What::reads: return "reads from a descriptor";
        case What::writes: return "writes to a descriptor";
        case What::closes: return "closes a descriptor";
        case What::polls: return "looks at descriptors";
        default: return "makes a step";
    }
}

std::string StepWords::next(What what, std::uint64_t object) const {
    switch (what) {
        case What::begins: return "begins";
        case What::creates: return "starts a thread";
        case What::joins: return "joins " + name(static_cast<int>(object));
        case What::locks: return "locks" + on(object);
        case What::unlocks: return "unlocks" + on(object);
        case What::waits: return "waits, and gives the lock back";
        case What::wakes_up: return "goes on after its wait";
        case What::notifies_one:
        case What::notifies_all:
        case What::unparks: return "notifies";
        case What::loads: return "reads an atomic";
        case What::stores: return "writes an atomic";
        case What::changes:
        case What::fails_to_change: return "changes an atomic";
        case What::parks: return "goes to sleep";
        case What::takes: return "takes one from the semaphore";
        case What::posts: return "gives one to the semaphore";
        case What::arrives: return "arrives at the barrier";
        case What::yields: return "lets others go first";
        case What::sleeps: return "sleeps";
        case What::reads: return "reads from a descriptor";
        case What::writes: return "writes to a descriptor";
        case What::closes: return "closes a descriptor";
        case What::polls: return "looks at descriptors";
        default: return "goes on";
    }
}

std::uint32_t steps_alone(const SharedOrder& order) {
    std::uint32_t steps = 0;
    while (steps < order.events && order.event[steps].what != What::creates) ++steps;
    return steps;
}

}  // namespace explore
