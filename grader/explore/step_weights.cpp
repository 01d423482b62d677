#include "grader/explore/step_weights.hpp"

#include <map>
#include <set>
#include <utility>

namespace explore {

namespace {

using Object = std::uint64_t;

class Weights {
  public:
    explicit Weights(const SharedOrder& order) : order_(order), weights_(order.events, Weight::none) {
        for (std::uint32_t i = 0; i < order.events; ++i) users_[order.event[i].object].insert(order.event[i].thread);
    }

    std::vector<Weight> of_all() {
        for (std::uint32_t i = 0; i < order_.events; ++i) weights_[i] = of(i);
        for (const auto& [object, notify] : unheard_)
            if (is_waited_for(object)) weights_[notify] = Weight::key;
        return weights_;
    }

  private:
    Weight of(std::uint32_t i) {
        const Event& event = order_.event[i];
        switch (event.what) {
            case What::creates:
            case What::joins:
            case What::ends:
            case What::takes:
            case What::posts:
            case What::arrives:
            case What::sleeps: return Weight::some;
            case What::waits:
            case What::wakes_up:
            case What::gives_up: return Weight::much;
            case What::parks: return event.other == -2 ? Weight::some : Weight::much;
            case What::notifies_one:
            case What::notifies_all:
            case What::unparks:
                if (event.other < 0) unheard_[event.object] = i;
                return event.other < 0 ? Weight::none : Weight::much;
            case What::locks:
            case What::unlocks: return is_asked_for(i) ? Weight::some : Weight::none;
            case What::fails_to_lock: return Weight::some;
            case What::loads:
            case What::stores:
            case What::changes:
            case What::fails_to_change: return of_atomic(i);
            default: return Weight::none;
        }
    }

    // A lock that is held while another thread moves, or given back to one that stood before it.
    bool is_asked_for(std::uint32_t i) const {
        const Event& event = order_.event[i];
        if (event.what == What::locks) {
            for (std::uint32_t next = i + 1; next < order_.events; ++next) {
                if (order_.event[next].thread != event.thread) return true;
                if (order_.event[next].object == event.object) return false;
            }
            return true;  // to the end
        }
        return i > 0 && order_.event[i - 1].thread != event.thread;
    }

    Weight of_atomic(std::uint32_t i) {
        const Event& event = order_.event[i];
        const auto [last, is_first] = last_use_.try_emplace({event.thread, event.object}, i);
        const std::uint32_t before = std::exchange(last->second, i);
        const auto written = last_write_.find(event.object);
        const bool changed = !is_first && written != last_write_.end() && written->second > before &&
                             order_.event[written->second].thread != event.thread;
        Weight weight = users_[event.object].size() < 2 || event.place == 0 ? Weight::none : Weight::some;
        if (changed && event.what != What::changes) weight = Weight::much;
        else if (!is_first && (event.what == What::loads || event.what == What::fails_to_change)) weight = Weight::none;
        // What it writes was worked out from what is there no more.
        if (changed && event.what == What::stores && order_.event[before].what == What::loads) {
            weights_[before] = weights_[written->second] = Weight::key;
            weight = Weight::key;
        }
        const bool writes = event.what == What::stores || (event.what == What::changes && event.before != event.after);
        if (writes) last_write_[event.object] = i;
        return weight;
    }

    // A thread sleeps there to the end.
    bool is_waited_for(Object object) const {
        for (const Waiting& one : order_.waiting)
            if (order_.end == End::stuck && one.waits && one.what == What::wakes_up && one.object == object)
                return true;
        return false;
    }

    const SharedOrder& order_;
    std::vector<Weight> weights_;
    std::map<Object, std::set<int>> users_;
    std::map<std::pair<int, Object>, std::uint32_t> last_use_;  // of an atomic, by thread
    std::map<Object, std::uint32_t> last_write_;
    std::map<Object, std::uint32_t> unheard_;  // the last notify that woke no thread
};

}  // namespace

std::vector<Weight> weights_of(const SharedOrder& order) {
    return Weights(order).of_all();
}

}  // namespace explore
