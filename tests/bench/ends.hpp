// How programs end, and their threads and children before them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "grader/stage/program.hpp"

// Why the program did not end as it should, in words; "" where it ended with this exit code.
std::string wrong_end(Program& program, Rest rest, int exit_code = 0);

// Whether main waits for the last step of every thread: why not, or "", and how many it waited for.
struct Joins {
    std::string problem;
    std::size_t joined = 0;
};

// Of a program with Policy::hold_ends: lets its threads take their last steps one by one, the last first, and looks
// whether main waits for each. `run` moves everybody on who is not at a last step.
//
// Whom nobody joins shows for certain only where it is the last of all: `kept` is who that is, by the order in which
// they were made, of those who come to their ends at first; none: the first to come.
Joins joins_of(Program& program, const std::function<void()>& run, std::optional<std::size_t> kept = {});

// Each of so many threads is the last one once: `joins` makes a program of its own each time. The first that is not
// joined, or the most that were.
Joins joins_with_each_last(std::size_t threads, const std::function<Joins(std::size_t kept)>& joins);

// Of a program with Policy::hold_ends: last steps of child processes that are held now, and whether its first
// process is about to leave.
std::vector<Held> ends_of_children(const Program& program);
bool parent_leaves(const Program& program);

// Of a program whose first process is about to leave: what it leaves behind, or "". `when`: what happened before.
std::string left_behind(const Program& program, const std::string& when);

// Of a program with Policy::hold_ends: lets these last steps of children go while the program's first process
// stands still, so that all have ended before it is told of any, by one SIGCHLD. Where a call that it waits in
// would see that it was stopped, they are let go one right behind the other.
void end_together(Program& program, const std::vector<Held>& ends);
