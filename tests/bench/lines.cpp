#include "bench/lines.hpp"

#include <algorithm>
#include <iterator>

bool is_line(const std::string& saw, const std::string& wanted) {
    if (wanted.empty() || wanted.back() != ' ') return saw == wanted;
    return saw.size() > wanted.size() && saw.rfind(wanted, 0) == 0;
}

std::string wrong_in_order(const Words& lines, const Words& expected) {
    for (std::size_t i = 0; i < lines.size() || i < expected.size(); ++i) {
        const std::string saw = i < lines.size() ? lines[i] : "", wanted = i < expected.size() ? expected[i] : "";
        const bool both = i < lines.size() && i < expected.size();
        if (both && is_line(saw, wanted)) continue;
        return "there is " + (i < lines.size() ? in_quotes(saw) : "nothing") + " where " +
               (i < expected.size() ? in_quotes(wanted) : "nothing") + " belongs";
    }
    return "";
}

std::string wrong_in_any_order(Words lines, Words expected) {
    std::sort(lines.begin(), lines.end());
    std::sort(expected.begin(), expected.end());
    return wrong_in_order(lines, expected);
}

std::string missing_or_extra(Words lines, Words expected) {
    std::sort(lines.begin(), lines.end());
    std::sort(expected.begin(), expected.end());
    Words missing, extra;
    std::set_difference(expected.begin(), expected.end(), lines.begin(), lines.end(), std::back_inserter(missing));
    std::set_difference(lines.begin(), lines.end(), expected.begin(), expected.end(), std::back_inserter(extra));
    if (!missing.empty() && !extra.empty())
        return in_quotes(missing[0]) + " is missing, and there is " + in_quotes(extra[0]);
    if (!missing.empty()) return in_quotes(missing[0]) + " is missing";
    if (extra.empty()) return "";
    const bool asked_for = std::count(expected.begin(), expected.end(), extra[0]) > 0;
    return "a line " + std::string(asked_for ? "once too often: " : "that does not belong there: ") +
           in_quotes(extra[0]);
}
