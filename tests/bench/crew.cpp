#include "bench/crew.hpp"

#include <algorithm>

namespace {

constexpr int most_rounds = 5'000;  // of threads that wake one another

Setting held_at_start(Policy policy) {
    Setting setting;
    setting.policy = policy;
    setting.policy.hold_start = true;
    setting.environment = {"LD_BIND_NOW=1"};
    return setting;
}

}  // namespace

Crew::Crew(const Words& arguments, Policy policy) : Bench(arguments, held_at_start(policy)), microscope(program) {}

std::string Crew::gather(std::size_t threads, const std::function<bool()>& main_joins_in) {
    const pid_t main = microscope.main();
    std::size_t most = 0;
    for (bool moved = true; moved;) {
        members_ = microscope.alive();
        most = std::max(most, members_.size());
        if (members_.size() >= threads) return "";
        if (main_joins_in && members_.size() + 1 == threads) {
            const bool joined_in = main_joins_in();
            if (microscope.alive().size() >= threads) continue;
            if (joined_in) {
                members_.push_back(main);
                return "";
            }
        }
        const Stop stop = microscope.run(main);
        moved = stop == Stop::birth;
        if (stop != Stop::blocked) continue;
        std::vector<pid_t> alive = microscope.alive();  // one of those must move for main to go on
        std::reverse(alive.begin(), alive.end());
        for (const pid_t thread : alive) {
            const Stop then = microscope.run(thread);
            moved = then == Stop::birth || then == Stop::ended;
            if (moved) break;
        }
    }
    const std::string saw =
        most == 0 ? "main never started another thread"
                  : "main and at most " + counted(most, "other thread", "other threads") + " were there at once";
    return saw + "; " + situation();
}

std::vector<pid_t> Crew::others(pid_t member) const {
    std::vector<pid_t> found = members_;
    std::erase(found, member);
    return found;
}

std::string Crew::name(pid_t thread) const {
    if (thread == microscope.main()) return "the main thread";
    const auto place = std::find(members_.begin(), members_.end(), thread);
    return "thread " + std::to_string(place - members_.begin() + 1);
}

void Crew::finish(Order order) {
    bool moved = true;
    for (int rounds = 0; moved && rounds < most_rounds && !microscope.has_ended(microscope.main()); ++rounds) {
        moved = false;
        std::vector<pid_t> alive = microscope.alive();
        if (order == Order::newest_first) std::reverse(alive.begin(), alive.end());
        alive.push_back(microscope.main());
        for (const pid_t thread : alive) moved = move(thread) || moved;
        if (!moved) moved = wake_sleepers();
    }
}

bool Crew::wake_sleepers() {
    const std::vector<Held> sleepers = program.asleep();
    for (const Held& held : sleepers) program.wake(held);
    return !sleepers.empty();
}

bool Crew::move(pid_t thread) {
    if (microscope.has_ended(thread) || microscope.blocked(thread)) return false;
    Stop stop = Stop::birth;
    while (stop == Stop::birth) stop = microscope.run(thread);
    return stop != Stop::busy;
}
