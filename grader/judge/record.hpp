// A criterion's verdict: what it saw, in words, and whether that is what was asked for. It travels from the
// criterion's process to the grader as text, over a pipe that the program under test never sees: as exactly one record.
// A criterion that ends by an exception records that instead. A criterion without a verdict was not judged: that is a
// failure of the kit, and loud; neither a pass nor a zero.
//
// Functions of their arguments alone, safe from any thread. Text that is no record is answered with nothing, not with
// an exception.
#pragma once

#include <optional>
#include <string>

struct Judgement {
    bool holds = false;
    std::string saw;
    std::string expected;
    std::string why;
    std::string read;           // a README and its step
    std::string schedule = "";  // the order that breaks the program, where one was found: explore/story.hpp
    std::string order = "";     // the same, to play it again: explore/broken_order.hpp, as JSON
};

// As text, one record; none where the text is not exactly one whole record.
std::string to_record(const Judgement& judgement);
std::optional<Judgement> from_record(const std::string& text);

// The record of a criterion that could not judge: why not, and the remedy, in one line. "" where the last
// record of `text` is none of these.
std::string to_failure_record(const std::string& cause);
std::string failure_from_record(const std::string& text);
