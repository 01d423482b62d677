#include "tools/timeline.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace {

std::size_t label_width(const std::vector<std::string>& actors) {
    std::size_t longest = 0;
    for (const std::string& actor : actors) longest = std::max(longest, columns(actor));
    return longest + 4;  // two blanks before, two after
}

// The column in which a moment falls.
std::size_t column_of(double seconds, double scale, const std::vector<std::string>& actors) {
    const double cells = static_cast<double>(screen_columns - label_width(actors) - 4);
    return static_cast<std::size_t>(std::lround(seconds / scale * cells));
}

}  // namespace

std::string seconds_text(double seconds, double scale) {
    char text[32];
    std::snprintf(text, sizeof text, "%.*f s", scale >= 3 ? 1 : 2, seconds);
    return text;
}

std::string timeline(const Performance& performance, const std::vector<std::string>& actors, double scale,
                     const Style& style) {
    std::string rows;
    for (std::size_t i = 0; i < actors.size(); ++i) {
        const int actor = static_cast<int>(i);
        std::string bar;
        std::size_t column = 0;
        for (const Stretch& stretch : performance.stretches(actor)) {
            const std::size_t from = std::max(column, column_of(stretch.from, scale, actors));
            const std::size_t to = std::max(from + 1, column_of(stretch.to, scale, actors));
            bar.append(from - column, ' ');
            for (column = from; column + 1 < to; ++column) bar += style.utf8 ? "█" : "=";
            bar += style.utf8 ? "▌" : "|";  // the gap that tells one stretch from the next
            column = to;
        }
        rows += style.actor(actor, pad("  " + actors[i], label_width(actors)) + bar) + '\n';
    }
    return rows;
}

std::string time_axis(const std::vector<std::string>& actors, double scale) {
    double step = 0;
    for (const double nice : {0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 60.0, 600.0}) {
        step = nice;
        if (scale / step <= 6) break;
    }
    std::string axis(label_width(actors), ' ');
    for (int i = 0; i * step <= scale * 1.001; ++i) {
        char text[32];
        std::snprintf(text, sizeof text, step < 1 ? "%.1f" : "%.0f", i * step);
        axis = pad(axis, label_width(actors) + column_of(i * step, scale, actors)) + text;
    }
    return axis + " s\n";
}

std::string bar_rows(const std::vector<Bar>& bars, const Style& style) {
    std::vector<std::string> labels;
    double longest = 0;
    for (const Bar& bar : bars) {
        labels.push_back(printable(bar.label));
        longest = std::max(longest, bar.value);
    }
    std::string rows;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const std::string amount = amount_text(bars[i].value);
        const std::string lead = pad("  " + labels[i], label_width(labels)) +
                                 std::string(amount.size() < 8 ? 8 - amount.size() : 0, ' ') + amount + "  ";
        const double room = static_cast<double>(screen_columns - std::min(columns(lead), screen_columns - 10));
        // In halves of a column; something shows of the shortest, too.
        const long halves = std::max(1L, std::lround(bars[i].value / longest * 2 * room));
        std::string bar;
        for (long half = 2; half <= halves; half += 2) bar += style.utf8 ? "█" : "=";
        if (halves % 2 != 0) bar += style.utf8 ? "▌" : "-";
        rows += lead + style.actor(static_cast<int>(i), bar) + '\n';
    }
    return rows;
}
