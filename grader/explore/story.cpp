#include "grader/explore/story.hpp"

#include <vector>

#include "grader/explore/source_lines.hpp"

namespace explore {

namespace {

std::string name_of(int thread) {
    return thread == 0 ? "main" : "thread " + std::to_string(thread);
}

std::string in_words(const Waiting& waiting) {
    switch (waiting.what) {
        case What::locks: return "waits for a lock";
        case What::joins: return "waits for " + name_of(static_cast<int>(waiting.object)) + " to end";
        case What::wakes_up: return "waits to be woken";
        case What::takes: return "waits at a semaphore";
        case What::reads:
        case What::writes:
        case What::polls: return "waits at a descriptor";
        default: return "does not go on";
    }
}

}  // namespace

std::string schedule(const Player& player) {
    const SharedOrder& order = player.order();
    std::string text;
    int steps = 0;
    for (std::uint32_t i = 0; i < order.events; ++i) {
        const Event& event = order.event[i];
        ++steps;
        const bool last = i + 1 == order.events;
        if (!last && order.event[i + 1].thread == event.thread) continue;
        bool taken = false;  // though it could have gone on
        if (!last) {
            const Event& next = order.event[i + 1];
            for (std::uint32_t point = event.point; point < next.point; ++point)
                taken = taken || (order.point[point].chosen > 0 && order.point[point].who[0] == event.thread);
        }
        text += (text.empty() ? "" : " ") + (event.thread == 0 ? "main" : std::to_string(event.thread));
        if (taken) text += "*" + std::to_string(steps);
        steps = 0;
    }
    return text;
}

std::string who_waits(const Player& player, const std::string& name) {
    const SharedOrder& order = player.order();
    std::vector<std::string> sentences;
    std::vector<std::uint64_t> places;
    for (int thread = 0; thread < most_threads; ++thread) {
        const Waiting& waiting = order.waiting[static_cast<std::size_t>(thread)];
        if (!waiting.waits) continue;
        sentences.push_back(name_of(thread) + " " + in_words(waiting));
        places.push_back(waiting.place - order.base - 1);  // the call, and not what stands behind it
    }
    const std::vector<std::string> lines = source_lines(player.executable(), name, places);
    std::string text;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        text += (text.empty() ? "" : "; ") + sentences[i];
        if (!lines[i].empty()) text += " (" + lines[i] + ")";
    }
    return text;
}

}  // namespace explore
