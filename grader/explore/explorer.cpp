#include "grader/explore/explorer.hpp"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <unordered_map>
#include <utility>
#include <vector>

#include "grader/explore/story.hpp"
#include "grader/explore/touched.hpp"

namespace explore {

namespace {

// Choices yet to try, by the turns that they take.
class ToDo {
  public:
    explicit ToDo(const Choices& first) {
        by_taken_[0].push_back({std::make_shared<const Choices>(first), first.size(), none});
    }
    bool empty() const { return by_taken_.empty(); }
    int taken() const { return by_taken_.begin()->first; }

    Choices next() {
        const auto first = by_taken_.begin();
        const Branch branch = std::move(first->second.front());
        first->second.pop_front();
        if (first->second.empty()) by_taken_.erase(first);
        Choices choices(branch.made->begin(), branch.made->begin() + static_cast<long>(branch.at));
        if (branch.other != none) choices.push_back(branch.other);
        return choices;
    }

    // All that branches off from the order just played, behind the choices that it was given.
    void add_branches(const Player& player, std::size_t given, Touched& touched) {
        const SharedOrder& order = player.order();
        for (const std::uint64_t object : touched.add(order)) add_left_out(object, touched);
        const auto made = std::make_shared<const Choices>(player.choices());
        int taken = 0;
        for (std::size_t i = 0; i < made->size(); ++i) {
            const Point& point = order.point[i];
            const Branches branches{made, i, taken, point.options};
            taken += (*made)[i];
            if (i < given) continue;
            if (is_a_choice(order, point)) {
                add(branches);
                continue;
            }
            const Event& next = order.event[point.event];
            if (touched.matters(next)) add(branches);
            else if (Touched::is_between_many(next)) left_out_[next.object].push_back({branches, next});
        }
    }

  private:
    // The choices before one, and all that there were instead of it.
    struct Branches {
        std::shared_ptr<const Choices> made;
        std::size_t at = 0;
        int taken = 0;
        std::uint8_t options = 0;
    };
    // The choices before one, and another in its place. Not as choices of its own: an order of a program that looks again
    // and again has thousands of branches after thousands of choices each, and all of them together fill any memory.
    static constexpr std::uint8_t none = UINT8_MAX;
    struct Branch {
        std::shared_ptr<const Choices> made;
        std::size_t at = 0;
        std::uint8_t other = none;
    };
    struct LeftOut {
        Branches branches;
        Event next;  // the step that does not matter, as far as is known
    };

    // Whom to wake, or who goes on where the one that had the turn cannot. Else the turn is taken from somebody.
    static bool is_a_choice(const SharedOrder& order, const Point& point) {
        if (point.of_waiters || point.event == 0 || point.event >= order.events) return true;
        return order.event[point.event].thread != order.event[point.event - 1].thread;
    }

    void add(const Branches& branches) {
        for (std::uint8_t other = (*branches.made)[branches.at] + 1; other < branches.options; ++other)
            by_taken_[branches.taken + other].push_back({branches.made, branches.at, other});
    }

    void add_left_out(std::uint64_t object, const Touched& touched) {
        for (const LeftOut& one : std::exchange(left_out_[object], {})) {
            if (touched.matters(one.next)) add(one.branches);
            else left_out_[object].push_back(one);
        }
    }

    std::map<int, std::deque<Branch>> by_taken_;
    std::unordered_map<std::uint64_t, std::vector<LeftOut>> left_out_;  // by what the steps are about
};

// A quarter of the budget, with one, two, three ... changes of priorities.
void draw_some(Player& player, unsigned long count, const Judge& wrong, Search& result) {
    player.prune(false);
    std::uint32_t steps = 0;
    for (unsigned long i = 1; i <= count && result.problem.empty(); ++i) {
        player.play_by_chance(i, steps, 1 + i % 4);
        steps = std::max(steps, player.order().events);
        if (!beyond(player)) result.problem = wrong(player);
        ++result.by_chance;
    }
}

// All orders that begin with `first`.
Search search_from(const Choices& first, Player& player, unsigned long budget, const Judge& wrong) {
    Search result;
    ToDo to_do(first);
    Touched touched;
    for (unsigned long played = 0; played < budget && !to_do.empty(); ++played) {
        const Choices choices = to_do.next();
        player.play(choices);
        const End end = player.order().end;
        if (end == End::seen_before) {
            ++result.pruned;
        } else if (beyond(player)) {
            ++result.beyond;
            if (played == 0) return result;          // nor would it be followed in others
            if (end == End::not_followed) continue;  // its choices are those of another run
        } else {
            ++result.orders;
            result.problem = wrong(player);
            if (!result.problem.empty()) return result;
        }
        to_do.add_branches(player, choices.size(), touched);
    }
    result.all = to_do.empty() && result.beyond == 0;
    if (!to_do.empty()) result.taken = to_do.taken() - 1;
    return result;
}

}  // namespace

Search search(Player& player, unsigned long budget, const Judge& wrong, const Choices& first) {
    player.prune(true);
    Search result = search_from(first, player, budget, wrong);
    const bool is_worth_more = result.problem.empty() && !result.all && result.orders > 0;
    if (is_worth_more && first.empty()) draw_some(player, budget / 4, wrong, result);
    return result;
}

Decision decision_of(Player& player, const Choices& broken, unsigned long budget, const Judge& wrong) {
    player.prune(false);
    player.play(broken);
    const std::vector<Point> points(player.order().point.begin(), player.order().point.begin() + player.order().points);
    const Judge right = [&](const Player& order) {
        return wrong(order).empty() ? std::string("right") : std::string();
    };
    player.prune(true);  // a state that was seen once leads to no right end
    for (std::size_t at = points.size(); at-- > 0;) {
        for (std::uint8_t other = 0; other < points[at].options; ++other) {
            if (other == points[at].chosen) continue;
            Choices instead(broken.begin(), broken.begin() + static_cast<long>(at));
            instead.push_back(other);
            const Search found = search_from(instead, player, budget, right);
            if (!found.problem.empty()) return {static_cast<int>(at), points[at].who[other], points[at].of_waiters};
            if (!found.all) return {};
            budget -= std::min(budget, found.orders + found.pruned);
        }
    }
    return {};
}

std::string covered(const Search& search) {
    const std::string orders = std::to_string(search.orders) + " order" + (search.orders == 1 ? "" : "s");
    if (search.all) return "all " + orders;
    if (search.beyond > 0) return orders + ", and " + std::to_string(search.beyond) + " that cannot be followed";
    return orders + ", among them all with at most " + std::to_string(search.taken) + " turn" +
           (search.taken == 1 ? "" : "s") + " taken" +
           (search.by_chance == 0 ? "" : ", and " + std::to_string(search.by_chance) + " by chance");
}

}  // namespace explore
