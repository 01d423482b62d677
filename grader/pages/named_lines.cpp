#include "grader/pages/named_lines.hpp"

#include <algorithm>

namespace {

constexpr std::size_t most_lines = 8;
constexpr std::size_t most_digits = 7;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_in_a_name(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.';
}

std::vector<int> in_order(std::vector<int> lines) {
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    if (lines.size() > most_lines) lines.resize(most_lines);
    return lines;
}

}  // namespace

std::vector<int> named_lines(std::string_view text, const std::string& program) {
    const std::string start = program + ".cpp:";
    std::vector<int> lines;
    for (std::size_t at = 0; (at = text.find(start, at)) != text.npos; ++at) {
        if (at > 0 && is_in_a_name(text[at - 1])) continue;
        std::string digits;
        for (std::size_t i = at + start.size(); i < text.size() && is_digit(text[i]); ++i) digits += text[i];
        if (!digits.empty() && digits.size() <= most_digits) lines.push_back(std::stoi(digits));
    }
    return in_order(std::move(lines));
}

std::vector<int> lines_of_evidence(const CriterionGrade& criterion, const std::string& program) {
    std::vector<int> lines = named_lines(criterion.saw, program);
    if (!lines.empty() || !criterion.history) return lines;
    for (const explore::Row& row : criterion.history->rows)
        if (row.decides && row.line > 0) lines.push_back(row.line);
    return in_order(std::move(lines));
}
