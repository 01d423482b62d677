#include "grader/explore/standing.hpp"

#include <algorithm>

#include "grader/explore/code_lines.hpp"
#include "grader/explore/step_words.hpp"
#include "grader/explore/story.hpp"
#include "grader/explore/world.hpp"

namespace explore {

namespace {

const Point* asked_in(const SharedOrder& order) {
    return order.end == End::halted && order.points > 0 ? &order.point[order.points - 1] : nullptr;
}

int option_of(const Point* asked, int thread) {
    for (int i = 0; asked && i < asked->options; ++i)
        if (asked->who[static_cast<std::size_t>(i)] == thread) return i;
    return -1;
}

std::string why_it_waits(const Waiting& waiting, int thread, const World& world, const StepWords& words) {
    const int holder = world.holder_of(waiting.object, thread);
    switch (waiting.what) {
        case What::locks:
            return "waits for " + words.lock(waiting.object) +
                   (holder < 0 ? "" : ", which " + words.name(holder) + " has");
        case What::wakes_up:
            if (!world.is_asleep(thread)) return "is woken, and waits for its lock";
            break;
        case What::joins:
        case What::takes:
        case What::reads:
        case What::writes:
        case What::polls: break;
        case What::sleeps: return "sleeps";
        default: return "lets others go first";
    }
    return what_it_waits_for(waiting.what, words.name(static_cast<int>(waiting.object)));
}

}  // namespace

std::vector<Standing> standing_in(const Player& player, const Telling& telling) {
    const SharedOrder& order = player.order();
    const CodeLines code(player, telling.name, telling.source);
    const StepWords words(order, code, telling.names);
    World world(order);
    for (std::uint32_t i = 0; i < order.events; ++i) world.make(i);
    const std::vector<Lane> lanes = world.lanes();
    const Point* asked = asked_in(order);
    std::vector<Standing> all;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const Waiting& waiting = order.waiting[i];
        if (!waiting.waits) continue;
        Standing one{static_cast<int>(i), option_of(asked, static_cast<int>(i)), lanes[i].holds, "", 0, ""};
        const bool is_ready = asked && (asked->of_waiters ? !world.is_asleep(one.thread) : one.option >= 0);
        one.what =
            is_ready ? words.next(waiting.what, waiting.object) : why_it_waits(waiting, one.thread, world, words);
        one.line = code.line_at(waiting.place);
        one.code = code.text_of(one.line);
        all.push_back(one);
    }
    const auto place = [](const Standing& one) { return one.option < 0 ? most_threads : one.option; };
    std::stable_sort(all.begin(), all.end(),
                     [&](const Standing& one, const Standing& other) { return place(one) < place(other); });
    return all;
}

}  // namespace explore
