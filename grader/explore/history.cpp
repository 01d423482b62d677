#include "grader/explore/history.hpp"

#include <utility>

#include "grader/explore/code_lines.hpp"
#include "grader/explore/step_weights.hpp"
#include "grader/explore/step_words.hpp"
#include "grader/explore/story.hpp"
#include "grader/explore/world.hpp"
#include "ground/text.hpp"

namespace explore {

namespace {

class Teller {
  public:
    Teller(const Player& player, const Telling& telling)
        : order_(player.order()),
          telling_(telling),
          code_(player, telling.name, telling.source),
          words_(order_, code_, telling.names),
          world_(order_),
          weights_(weights_of(order_)),
          alone_(steps_alone(order_)) {
        for (std::uint32_t i = 0; i < order_.events; ++i)
            if (is_of_given_code(order_.event[i])) weights_[i] = Weight::none;
        if (telling.decision.point >= 0) {
            const Point& point = order_.point[static_cast<std::size_t>(telling.decision.point)];
            decisive_ = point.event - (point.of_waiters ? 1 : 0);
        }
    }

    std::vector<Row> rows() {
        for (std::uint32_t i = 0; i < order_.events;) {
            const std::uint32_t last = last_of_row(i);
            add(i, last);
            if (last + 1 < order_.events && order_.event[last + 1].thread != order_.event[i].thread) add_standing(last);
            i = last + 1;
        }
        return std::move(rows_);
    }

  private:
    // An atomic that the exercise's source does not name: its reader could not tell which.
    bool is_of_given_code(const Event& event) const {
        switch (event.what) {
            case What::loads:
            case What::stores:
            case What::changes:
            case What::fails_to_change: return code_.line_at(event.place) == 0;
            case What::unparks: return event.other < 0 && code_.line_at(event.place) == 0;
            default: return false;
        }
    }

    bool is_same_turn(std::uint32_t one, std::uint32_t other) const {
        return other < order_.events && order_.event[one].thread == order_.event[other].thread;
    }

    // A critical section that no other thread came near is one row, and so are steps that tell nothing.
    std::uint32_t last_of_row(std::uint32_t first) const {
        const Event& begin = order_.event[first];
        if (first < alone_) return alone_ - 1;
        if (weights_[first] != Weight::none) return first;
        std::uint32_t last = first;
        if (begin.what == What::locks && code_.line_at(begin.place) > 0) {
            for (last = first + 1; is_same_turn(first, last) && weights_[last] == Weight::none && last != decisive_;
                 ++last)
                if (order_.event[last].what == What::unlocks && order_.event[last].object == begin.object) return last;
            return first;
        }
        while (is_same_turn(first, last + 1) && weights_[last + 1] == Weight::none && last + 1 != decisive_ &&
               (order_.event[last + 1].what != What::locks || code_.line_at(order_.event[last + 1].place) == 0))
            ++last;
        return last;
    }

    Row at(int thread, std::uint64_t place) const {
        Row row;
        row.thread = thread;
        row.line = code_.line_at(place);
        row.code = code_.text_of(row.line);
        return row;
    }

    void add(std::uint32_t first, std::uint32_t last) {
        const Event& event = order_.event[first];
        Row row = at(event.thread, event.place);
        row.first = first;
        row.steps = static_cast<int>(last - first + 1);
        const std::vector<Lane> before = world_.lanes();
        for (std::uint32_t i = first; i <= last; ++i) world_.make(i);
        row.reaches = world_.reached();
        row.lanes = world_.lanes();
        row.weight = first < alone_ ? Weight::none : weights_[first];
        row.what = words_of(event, row);
        if (first != last && first >= alone_ && event.what == What::locks) {
            row.what += ", and unlocks";
            if (row.line > 0) row.weight = Weight::some;
        } else if (first != last) {
            row.what = std::to_string(row.steps) + " steps";
            row.line = 0;
            row.code.clear();
        }
        if (first <= decisive_ && decisive_ <= last) {
            row.decides = true;
            row.weight = Weight::key;
        }
        // Its lane shows that a thread is there.
        if (event.what == What::begins && first == last && row.weight == Weight::none) return;
        if (!joins_last(row, event)) rows_.push_back(std::move(row));
    }

    std::string words_of(const Event& event, const Row& row) const {
        const bool wakes = row.reaches.size() > 1;
        return wakes ? "wakes " + names(row.reaches) : words_.of(event);
    }

    std::string names(const std::vector<int>& threads) const {
        std::vector<std::string> names;
        for (const int thread : threads) names.push_back(words_.name(thread));
        return list_of(names);
    }

    // Threads that are made one after the other are one row.
    bool joins_last(const Row& row, const Event& event) {
        if (event.what != What::creates || row.reaches.empty() || row.decides) return false;
        std::size_t at = rows_.size();
        while (at > 0 && rows_[at - 1].thread == row.thread && rows_[at - 1].weight == Weight::none) --at;
        if (at == 0 || rows_[at - 1].thread != row.thread || rows_[at - 1].what.rfind("starts ", 0) != 0) return false;
        rows_.resize(at);
        Row& made = rows_.back();
        made.steps += row.steps;
        made.reaches.push_back(row.reaches.front());
        made.what = "starts " + names(made.reaches);
        made.lanes = row.lanes;
        return true;
    }

    // Why the thread that made the step goes no further.
    void add_standing(std::uint32_t last) {
        const int thread = order_.event[last].thread;
        const Event* next = world_.next_of(thread);
        const Waiting& end = order_.waiting[static_cast<std::size_t>(thread)];
        if (!next && !(order_.end != End::running && end.waits)) return;
        const What what = next ? next->what : end.what;
        const std::uint64_t object = next ? next->object : end.object;
        Row row = at(thread, next ? next->place : end.place);
        row.steps = 0;
        row.lanes = world_.lanes();
        if (is_taken_after(order_, last)) {
            row.held_up = true;
            row.what = "is held up before it " + (what == What::waits ? "waits" : words_.next(what, object));
            row.weight = Weight::much;
        } else if (what == What::locks && world_.holder_of(object, thread) >= 0) {
            row.what = "waits for " + words_.lock(object) + ", which " + words_.name(world_.holder_of(object, thread)) +
                       " has";
        } else if (what == What::joins && object < most_threads && !world_.has_ended(static_cast<int>(object))) {
            row.what = "waits for " + words_.name(static_cast<int>(object)) + " to end";
        } else {
            return;
        }
        rows_.push_back(std::move(row));
    }

    const SharedOrder& order_;
    const Telling& telling_;
    const CodeLines code_;
    const StepWords words_;
    World world_;
    std::vector<Weight> weights_;
    const std::uint32_t alone_;
    std::uint32_t decisive_ = most_events;
    std::vector<Row> rows_;
};

std::string in_words(const Decision& decision, const Names& names) {
    if (decision.point < 0) return "";
    return "From there on every order breaks. Had " + short_name(names, decision.instead) +
           (decision.was_woken ? " been woken" : " moved") + " instead, it could still end well.";
}

}  // namespace

History history_of(const Player& player, const Telling& telling) {
    History history;
    for (std::uint32_t i = 0; i < player.order().threads && i < most_threads; ++i)
        history.threads.push_back(short_name(telling.names, static_cast<int>(i)));
    history.rows = Teller(player, telling).rows();
    history.verdict = telling.verdict;
    history.decision = in_words(telling.decision, telling.names);
    history.schedule = schedule(player, telling.names);
    return history;
}

}  // namespace explore
