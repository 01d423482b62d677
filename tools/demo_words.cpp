#include "tools/demo_words.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "ground/text.hpp"
#include "tools/timeline.hpp"

namespace {

// "Alice's 5 ticks", and so on, of those who did anything.
std::vector<std::string> shares(const Performance& performance, const DemoEntry& demo) {
    std::vector<std::string> shares;
    for (std::size_t i = 0; i < demo.actors.size(); ++i) {
        const std::size_t steps = performance.stretches(static_cast<int>(i)).size();
        if (steps == 0) continue;
        shares.push_back(demo.actors[i] + "'s " + std::to_string(steps) + " " + demo.step + (steps == 1 ? "" : "s"));
    }
    return shares;
}

// The actors in the order in which they began, as "Alice's".
std::vector<std::string> speakers(const Performance& performance, const DemoEntry& demo) {
    std::vector<std::string> speakers;
    for (const Line& line : performance.lines) {
        if (line.actor < 0) continue;
        const std::string name = demo.actors[static_cast<std::size_t>(line.actor)] + "'s";
        if (std::find(speakers.begin(), speakers.end(), name) == speakers.end()) speakers.push_back(name);
    }
    return speakers;
}

}  // namespace

std::string seen(const Performance& performance, const DemoEntry& demo) {
    const std::vector<std::string> names = speakers(performance, demo);
    if (names.size() < 2) return std::to_string(performance.lines.size()) + " lines.";
    if (performance.in_turn()) {
        std::string order = "all of " + names.front() + " lines";
        for (std::size_t i = 1; i < names.size(); ++i) order += ", then all of " + names[i];
        return order + ": one actor at a time.";
    }
    return list_of(names) + " lines interleave: the speaker changed " + std::to_string(performance.changes()) +
           " times.";
}

std::string why(const Performance& performance, const DemoEntry& demo, double scale) {
    const std::string took = seconds_text(performance.took, scale) + ": ";
    const std::string work = list_of(shares(performance, demo));
    if (performance.overlapping()) return took + work + " ran at the same time, so only the longest count counts.";
    if (performance.in_turn()) return took + work + " came one after the other, so the times add up.";
    return took + work + " took turns, so the times add up all the same.";
}

std::string seen(const std::vector<Bar>& bars, const ChartEntry& chart) {
    const auto [least, most] =
        std::minmax_element(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.value < b.value; });
    if (least == most) return amount_text(least->value) + " " + chart.unit + ".";
    return printable(most->label) + " takes " + amount_text(most->value / least->value) + " times what " +
           printable(least->label) + " takes: " + amount_text(most->value) + " against " + amount_text(least->value) +
           " " + chart.unit + ".";
}

std::string seen(const std::vector<SpeedupPoint>& points) {
    const SpeedupPoint& last = points.back();
    std::string text = std::to_string(std::lround(last.threads)) + " threads: " + amount_text(last.speedup) +
                       " times as fast as one, an efficiency of " + amount_text(last.speedup / last.threads) + ".";
    if (const auto fraction = fitted_serial_fraction(points)) {
        char fitted[96];
        std::snprintf(fitted, sizeof fitted, " Amdahl's law fits best with a serial fraction of %.4f.", *fraction);
        text += fitted;
    }
    return text;
}
