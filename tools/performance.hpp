// One run of a program in front of an audience: which actor printed what, and when.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

struct Line {
    double at = 0;   // seconds since the start
    int actor = -1;  // index into the actors; -1: nobody's
    std::string text;
};

// From one line of an actor to its next.
struct Stretch {
    double from = 0, to = 0;
};

struct Performance {
    std::vector<Line> lines;
    double took = 0;
    std::string ended;  // empty where it ended as expected, or "ended with exit code 3"

    std::vector<Stretch> stretches(int actor) const;  // those long enough to see
    std::size_t changes() const;                      // how often another actor than before spoke
    bool in_turn() const;                             // nobody spoke before the one before him was done
    bool overlapping() const;                         // the stretches add up to more than the time that passed
};

// Runs `file` with `arguments`, and tells `shown` each line as it appears. stderr passes through, unless
// `quiet`: then it goes nowhere. It is expected to end with `exit_code`. Throws std::runtime_error where it
// cannot be started.
Performance perform(const std::filesystem::path& file, const std::vector<std::string>& arguments,
                    const std::vector<std::string>& actors, const std::function<void(const Line&)>& shown,
                    int exit_code = 0, bool quiet = false);
