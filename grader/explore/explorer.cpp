#include "grader/explore/explorer.hpp"

#include <deque>
#include <map>
#include <stdexcept>
#include <utility>

namespace explore {

namespace {

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
    void add_branches(const Player& player, std::size_t given) {
        const SharedOrder& order = player.order();
        const Choices made = player.choices();
        int taken = 0;
        for (std::size_t i = 0; i < made.size(); ++i) {
            for (std::uint8_t other = made[i] + 1; i >= given && other < order.point[i].options; ++other) {
                Choices branch(made.begin(), made.begin() + static_cast<long>(i));
                branch.push_back(other);
                by_taken_[taken + other].push_back(std::move(branch));
            }
            taken += made[i];
        }
    }

  private:
    std::map<int, std::deque<Choices>> by_taken_;
};

}  // namespace

Search search(Player& player, unsigned long budget, const Judge& wrong) {
    Search result;
    ToDo to_do;
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
        to_do.add_branches(player, choices.size());
    }
    result.all = to_do.empty();
    return result;
}

std::string covered(const Search& search) {
    const std::string orders = std::to_string(search.orders) + " order" + (search.orders == 1 ? "" : "s");
    if (search.all) return "all " + orders;
    return orders + ", among them all with at most " + std::to_string(search.taken) + " turn" +
           (search.taken == 1 ? "" : "s") + " taken";
}

}  // namespace explore
