// What programs that fetch are to print: chapters 4 and 5. Workers count from 1, in the order of the
// URLs; the grader's server has an item for each, at "/1", "/2" ...
#pragma once

#include <string>
#include <vector>

#include "bench/common.hpp"
#include "support/item.hpp"
#include "support/message.hpp"

inline std::string body_of(std::size_t worker, std::size_t size) {
    return item_data(worker, size);
}

inline std::string line_of(std::size_t worker, std::size_t size) {  // of a worker that did well
    return "worker " + std::to_string(worker) + ": " + result_of(Fetched{true, body_of(worker, size), ""}).text;
}

inline std::vector<std::string> lines_of(std::size_t workers, std::size_t size) {
    std::vector<std::string> lines;
    for (std::size_t worker = 1; worker <= workers; ++worker) lines.push_back(line_of(worker, size));
    return lines;
}

// It ends with a space, and stands for any line that begins so and gives a reason.
inline std::string failed_line(std::size_t worker) {
    return "worker " + std::to_string(worker) + ": failed: ";
}

inline bool is_line(const std::string& saw, const std::string& wanted) {
    if (wanted.empty() || wanted.back() != ' ') return saw == wanted;
    return saw.size() > wanted.size() && saw.rfind(wanted, 0) == 0;
}

// The first place where both differ, in words; "" where they are the same.
inline std::string first_difference(const std::vector<std::string>& lines, const std::vector<std::string>& expected) {
    for (std::size_t i = 0; i < lines.size() || i < expected.size(); ++i) {
        const std::string saw = i < lines.size() ? lines[i] : "", wanted = i < expected.size() ? expected[i] : "";
        const bool both = i < lines.size() && i < expected.size();
        if (both && is_line(saw, wanted)) continue;
        return "there is " + (i < lines.size() ? in_quotes(saw) : "nothing") + " where " +
               (i < expected.size() ? in_quotes(wanted) : "nothing") + " belongs";
    }
    return "";
}
