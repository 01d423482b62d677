#include "grader/explore/follow.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include "ground/text.hpp"
#include "ground/usage_error.hpp"

namespace explore {

namespace {

// A word of the schedule: "P1*3:C2".
struct Turn {
    std::string word;
    int thread = 0;
    int steps = 0;  // 0: until it can no more
    std::vector<int> wakes{};
};

Turn turn_of(const std::string& word, const Names& names) {
    Turn turn{word};
    std::istringstream parts(word);
    std::string first;
    std::getline(parts, first, ':');
    const std::size_t star = first.find('*');
    turn.thread = thread_named(names, first.substr(0, star));
    if (star != std::string::npos) {
        const std::string steps = first.substr(star + 1);
        const bool is_number = !steps.empty() && steps.size() < 7 &&
                               steps.find_first_not_of("0123456789") == std::string::npos && std::stoi(steps) > 0;
        if (!is_number) throw UsageError("'" + word + "': after * comes the number of its steps, from 1 up");
        turn.steps = std::stoi(steps);
    }
    for (std::string name; std::getline(parts, name, ':');) {
        turn.wakes.push_back(thread_named(names, name));
        if (turn.wakes.back() < 0) throw UsageError("'" + word + "': there is no thread '" + name + "'");
    }
    if (turn.thread < 0)
        throw UsageError("'" + word + "' names no thread; they are " +
                         (names.empty() ? "main, T1, T2 ..." : list_of(names)));
    return turn;
}

std::vector<Turn> turns_of(const std::string& schedule, const Names& names) {
    std::vector<Turn> turns;
    std::istringstream words(schedule);
    for (std::string word; words >> word;) turns.push_back(turn_of(word, names));
    if (turns.empty()) throw UsageError("the schedule is empty");
    return turns;
}

// Along one played order, from its first step on: which turn of the schedule each step belongs to.
class Follower {
  public:
    Follower(const std::vector<Turn>& turns, const Names& names) : turns_(turns), names_(names) {}

    // The option that the schedule asks for.
    std::uint8_t option(const Point& point) {
        if (point.of_waiters) {
            if (!is_within() || woken_ == turns_[turn_].wakes.size()) return 0;
            return place_of(turns_[turn_].wakes[woken_++], point, "be woken");
        }
        if (goes_on() && is_among(turns_[turn_].thread, point)) return place_of(turns_[turn_].thread, point, "move");
        if (!is_within()) return 0;
        next_turn();
        return is_within() ? place_of(turns_[turn_].thread, point, "move") : std::uint8_t{0};
    }

    void step_of(int thread) {
        if (is_within() && (turns_[turn_].thread != thread || !goes_on())) {
            next_turn();
            if (is_within() && turns_[turn_].thread != thread)
                refuse("only " + short_name(names_, thread) + " can move there");
        }
        ++steps_;
    }

    void at_end() {
        if (turn_ + 1 >= turns_.size()) return;
        ++turn_;
        refuse("the program has ended before it");
    }

  private:
    bool is_within() const { return turn_ < turns_.size(); }
    bool goes_on() const { return is_within() && (turns_[turn_].steps == 0 || steps_ < turns_[turn_].steps); }
    static bool is_among(int thread, const Point& point) {
        return std::find(point.who.begin(), point.who.begin() + point.options, thread) !=
               point.who.begin() + point.options;
    }
    void next_turn() {
        ++turn_;
        steps_ = 0;
        woken_ = 0;
    }

    std::uint8_t place_of(int thread, const Point& point, const std::string& verb) const {
        for (std::uint8_t i = 0; i < point.options; ++i)
            if (point.who[i] == thread) return i;
        std::vector<std::string> able;
        for (std::uint8_t i = 0; i < point.options; ++i) able.push_back(short_name(names_, point.who[i]));
        refuse(short_name(names_, thread) + " cannot " + verb + " there; " + list_of(able) + " could");
    }

    [[noreturn]] void refuse(const std::string& why) const {
        throw UsageError("word " + std::to_string(turn_ + 1) + " of the schedule, '" + turns_[turn_].word +
                         "', cannot be followed: " + why);
    }

    const std::vector<Turn>& turns_;
    const Names& names_;
    std::size_t turn_ = 0, woken_ = 0;
    int steps_ = 0;  // of this turn
};

// The choices that were given are followed already. Adds those that come next, up to the first that is another one than
// the program made by itself: true where there is one.
bool adds_one(const SharedOrder& order, const std::vector<Turn>& turns, const Names& names, Choices& choices) {
    Follower follower(turns, names);
    std::uint32_t next = 0;
    for (std::uint32_t event = 0; event <= order.events; ++event) {
        for (; next < order.points && order.point[next].event == event; ++next) {
            const std::uint8_t option = follower.option(order.point[next]);
            if (next < choices.size()) continue;
            choices.push_back(option);
            if (option != order.point[next].chosen) return true;
        }
        if (event < order.events) follower.step_of(order.event[event].thread);
    }
    follower.at_end();
    return false;
}

}  // namespace

Choices follow(Player& player, const std::string& schedule, const Names& names) {
    const std::vector<Turn> turns = turns_of(schedule, names);
    Choices choices;
    do player.play(choices);
    while (adds_one(player.order(), turns, names, choices));
    return choices;
}

}  // namespace explore
