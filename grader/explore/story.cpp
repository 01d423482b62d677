#include "grader/explore/story.hpp"

#include <csignal>
#include <vector>

#include "grader/explore/source_lines.hpp"

namespace explore {

namespace {

// Whom the step woke, where there was a choice.
std::vector<const Point*> chosen_waiters(const SharedOrder& order, std::uint32_t event) {
    std::vector<const Point*> found;
    for (std::uint32_t i = order.event[event].point; i < order.points && order.point[i].of_waiters; ++i)
        if (order.point[i].event == event + 1) found.push_back(&order.point[i]);
    return found;
}

}  // namespace

bool is_taken_after(const SharedOrder& order, std::uint32_t event) {
    if (event + 1 == order.events) return false;
    const Event& own = order.event[event];
    for (std::uint32_t i = own.point; i < order.event[event + 1].point; ++i) {
        const Point& point = order.point[i];
        if (!point.of_waiters && point.chosen > 0 && point.who[0] == own.thread) return true;
    }
    return false;
}

std::string schedule(const Player& player, const Names& names) {
    const SharedOrder& order = player.order();
    std::string text, woken;
    bool by_choice = false;
    int steps = 0;
    for (std::uint32_t i = 0; i < order.events; ++i) {
        ++steps;
        for (const Point* point : chosen_waiters(order, i)) {
            woken += ":" + short_name(names, point->who[point->chosen]);
            by_choice = by_choice || point->chosen > 0;
        }
        if (i + 1 < order.events && order.event[i + 1].thread == order.event[i].thread) continue;
        text += (text.empty() ? "" : " ") + short_name(names, order.event[i].thread);
        if (is_taken_after(order, i)) text += "*" + std::to_string(steps);
        if (by_choice) text += woken;
        woken.clear();
        by_choice = false;
        steps = 0;
    }
    return text;
}

std::string what_it_waits_for(What what, const std::string& joined) {
    switch (what) {
        case What::locks: return "waits for a lock";
        case What::joins: return "waits in join for " + joined;
        case What::wakes_up: return "waits to be woken";
        case What::takes: return "waits at a semaphore";
        case What::reads:
        case What::writes:
        case What::polls: return "waits at a descriptor";
        default: return "does not go on";
    }
}

std::string who_waits(const Player& player, const std::string& name, const Names& names) {
    const SharedOrder& order = player.order();
    std::vector<std::string> sentences;
    std::vector<std::uint64_t> places;
    for (int thread = 0; thread < most_threads; ++thread) {
        const Waiting& waiting = order.waiting[static_cast<std::size_t>(thread)];
        if (!waiting.waits) continue;
        const std::string joined = name_in_words(names, static_cast<int>(waiting.object));
        sentences.push_back(name_in_words(names, thread) + " " + what_it_waits_for(waiting.what, joined));
        places.push_back(waiting.place - order.base - 1);  // the call, and not what stands behind it
    }
    const std::vector<std::string> lines = source_lines(player.executable(), name, places);
    std::string text;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        text += (text.empty() ? "" : "; ") + sentences[i];
        if (!lines[i].empty()) text += " at " + lines[i];
    }
    return text;
}

std::string wrong_end(const Player& player, const std::string& name, const Names& names, int exit_code) {
    if (player.order().end == End::stuck) return "the program hangs: " + who_waits(player, name, names);
    if (player.ending() == Ending{false, exit_code}) return "";
    return "the program " + describe(player.ending()) +
           (player.ending().by_signal ? "" : ", and not with " + std::to_string(exit_code));
}

bool beyond(const Player& player) {
    const End end = player.order().end;
    return end == End::not_played || end == End::not_followed || end == End::too_long ||
           player.ending() == Ending{true, SIGXCPU};
}

}  // namespace explore
