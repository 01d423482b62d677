// A stretch of time, written as a number with a unit: 250ms, 1.5s, 0.1ms, 2min, 1h.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

using Duration = std::chrono::nanoseconds;

// Nothing where `text` is not a number with one of the units us, ms, s, min, h.
// What is longer than a Duration can hold becomes Duration::max(), for a range to refuse.
std::optional<Duration> parse_duration(std::string_view text);

// The shortest way to write it: 90s is 1.5min. parse_duration reads it back.
std::string format_duration(Duration duration);
