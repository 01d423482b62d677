#include "grader/explore/explorer.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <deque>
#include <map>
#include <stdexcept>
#include <unordered_map>
#include <utility>

namespace explore {

namespace {

// Which threads came to each object, in all orders so far. To take the turn from a thread in front of a step that no other
// one can notice is to take it in front of a later one; so it is in front of an unlock: as long as the lock is held
// nobody does anything with it but wait, unless somebody only tries.
class Touched {
  public:
    // False where more is known now of an object that earlier orders came to: it is shared, or tried.
    bool add(const SharedOrder& order) {
        const std::unordered_map<std::uint64_t, Users> before = by_;
        bool as_known = true;
        const auto touch = [&](std::uint64_t object, const Event& event) {
            Users& users = by_[object];
            users.threads |= 1u << event.thread;
            users.tried = users.tried || event.what == What::fails_to_lock || event.what == What::gives_up;
            const auto known = before.find(object);
            if (known != before.end() && known->second.tells_less_than(users)) as_known = false;
        };
        for (std::uint32_t i = 0; i < order.events; ++i) {
            const Event& event = order.event[i];
            if (!is_shared(event)) continue;
            touch(event.object, event);
            if (event.what == What::waits || event.what == What::wakes_up) touch(event.after, event);
        }
        return as_known;
    }

    // Of a program whose objects are at other places in each order nothing is known in advance.
    void forget_all() { knows_ = false; }

    bool matters(const Event& event) const {
        if (!knows_) return true;
        if (!is_shared(event)) return false;
        const auto found = by_.find(event.object);
        if (found == by_.end()) return true;
        return found->second.is_shared() && (event.what != What::unlocks || found->second.tried);
    }

  private:
    struct Users {
        std::uint32_t threads = 0;  // a bit each
        bool tried = false;
        bool is_shared() const { return !std::has_single_bit(threads); }
        bool tells_less_than(const Users& more) const { return is_shared() != more.is_shared() || tried != more.tried; }
    };

    // A beginning, an end, a creation or a join is between two threads, and changes nothing that a third one sees.
    static bool is_shared(const Event& event) { return event.object > most_threads; }

    bool knows_ = true;
    std::unordered_map<std::uint64_t, Users> by_;
};

// Choices yet to try, by the turns that they take.
class ToDo {
  public:
    ToDo() { by_taken_[0].push_back({}); }
    bool empty() const { return by_taken_.empty(); }
    int taken() const { return by_taken_.begin()->first; }

    Choices next() {
        const auto first = by_taken_.begin();
        Choices choices = std::move(first->second.front());
        first->second.pop_front();
        if (first->second.empty()) by_taken_.erase(first);
        return choices;
    }

    // All that branches off from the order just played, behind the choices that it was given.
    void add_branches(const Player& player, std::size_t given, const Touched& touched) {
        const SharedOrder& order = player.order();
        const Choices made = player.choices();
        int taken = 0;
        for (std::size_t i = 0; i < made.size(); ++i) {
            const bool branches = i >= given && is_a_choice(order, order.point[i], touched);
            for (std::uint8_t other = made[i] + 1; branches && other < order.point[i].options; ++other) {
                Choices branch(made.begin(), made.begin() + static_cast<long>(i));
                branch.push_back(other);
                by_taken_[taken + other].push_back(std::move(branch));
            }
            taken += made[i];
        }
    }

  private:
    // Taking the turn from whoever had it last, and would go on with a step that others notice; or whom to wake, or who
    // goes on where that one cannot.
    static bool is_a_choice(const SharedOrder& order, const Point& point, const Touched& touched) {
        if (point.of_waiters || point.event == 0 || point.event >= order.events) return true;
        const Event& next = order.event[point.event];
        return next.thread != order.event[point.event - 1].thread || touched.matters(next);
    }

    std::map<int, std::deque<Choices>> by_taken_;
};

}  // namespace

namespace {

// A quarter of the budget, with one, two, three ... changes of priorities.
void draw_some(Player& player, unsigned long count, const Judge& wrong, Search& result) {
    player.prune(false);
    std::uint32_t steps = 0;
    for (unsigned long i = 1; i <= count && result.problem.empty(); ++i) {
        player.play_by_chance(i, steps, 1 + i % 4);
        steps = std::max(steps, player.order().events);
        result.problem = wrong(player);
        ++result.by_chance;
    }
}

}  // namespace

Search search(Player& player, unsigned long budget, const Judge& wrong) {
    Search result;
    ToDo to_do;
    Touched touched;
    constexpr int most_beginnings = 8;
    int begun_anew = 0;
    player.prune(true);
    for (unsigned long played = 0; played < budget && !to_do.empty(); ++played) {
        result.taken = to_do.taken() - 1;
        const Choices choices = to_do.next();
        player.play(choices);
        const End end = player.order().end;
        if (end == End::not_followed) throw std::runtime_error("the same choices did not give the same run");
        if (end == End::seen_before) {
            ++result.pruned;
        } else {
            ++result.orders;
            result.problem = wrong(player);
            if (!result.problem.empty()) return result;
        }
        if (!touched.add(player.order()) && begun_anew <= most_beginnings) {  // branches were left out that matter
            if (++begun_anew > most_beginnings) touched.forget_all();
            to_do = {};
            result.orders = 0;
            player.prune(true);
            continue;
        }
        to_do.add_branches(player, choices.size(), touched);
    }
    result.all = to_do.empty();
    if (!result.all) draw_some(player, budget / 4, wrong, result);
    return result;
}

std::string covered(const Search& search) {
    const std::string orders = std::to_string(search.orders) + " order" + (search.orders == 1 ? "" : "s");
    if (search.all) return "all " + orders;
    return orders + ", among them all with at most " + std::to_string(search.taken) + " turn" +
           (search.taken == 1 ? "" : "s") + " taken" +
           (search.by_chance == 0 ? "" : ", and " + std::to_string(search.by_chance) + " by chance");
}

}  // namespace explore
