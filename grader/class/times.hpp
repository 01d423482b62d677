// When a submission was due, and when it was handed in.
#pragma once

#include <ctime>
#include <string>

// ISO 8601: 2026-11-28T23:59:00+01:00, ...Z, 2026-11-28T23:59 (this machine's time), or a day, which is over at its end.
// Throws UsageError that says so.
std::time_t due_time(const std::string& text);

std::string in_utc(std::time_t time);  // "2026-11-28T22:59:00Z"
