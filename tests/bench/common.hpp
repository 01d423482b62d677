// What the criteria of all chapters share: words for evidence, and what is asked of every program.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench/criterion.hpp"
#include "grader/judge/sanitizer.hpp"
#include "grader/stage/program.hpp"
#include "ground/some_of.hpp"

std::string in_quotes(const std::string& text);
std::string counted(std::size_t number, const char* one, const char* many);  // "no lines", "1 line", "2 lines"
std::string list_in_quotes(const std::vector<std::string>& words);           // "nothing" for none; some of many

// Why the program did not end as it should, in words; "" where it ended with this exit code.
std::string wrong_end(Program& program, Rest rest, int exit_code = 0);

// The same command line with each flag and its value in one word: "--from", "3" becomes "--from=3".
std::vector<std::string> with_equals(const std::vector<std::string>& arguments);

// The first record of `flags` that the program does not refuse as it should; judged, too.
struct BadFlags {
    std::vector<std::string> arguments;
    std::vector<std::string> named;  // what the message has to name
};
void judge_refusals(const std::vector<BadFlags>& flags, const std::string& read);

// Runs with a sanitizer's build (sanitizer.hpp). Why there is none, or "".
std::string no_sanitized_build(Flavour flavour);

// What is wrong with such a run once it has settled, or "": what the sanitizer found; else which thread waits
// for what, where the program hangs; else its end. Results are to be looked at afterwards, since of a program
// that hangs they are incomplete. Throws std::runtime_error where the sanitizer itself could not go on: that
// is the system's fault, not the program's.
std::string wrong_sanitized_run(Program& program, Rest rest, int exit_code = 0);

// Of a program with Policy::hold_ends: lets its threads take their last steps one by one, the last
// first, and looks whether main waits for each. `run` moves everybody on who is not at a last step.
// Why not every thread was joined, or "" and the number of threads in `joined`.
//
// Whom nobody joins shows for certain only where it is the last of all: `kept` is who that is, by
// the order in which they were made, of those who come to their ends at first; none: the first to come.
std::string wrong_joins(Program& program, const std::function<void()>& run, std::size_t& joined,
                        std::optional<std::size_t> kept = {});

// Of a program with Policy::hold_writes, and Setting::pieces where threads share a buffer: holds each
// writer in the middle of whatever it writes, and looks whether another writes meanwhile; then
// `problem` says so. Sleepers are woken where nobody else can go on.
Rest run_for_cut_lines(Program& program, std::string& problem);

// Of a program with Policy::hold_ends: lets these last steps of children go while the program's first process
// stands still, so that all have ended before it is told of any, by one SIGCHLD. Where a call that it waits in
// would see that it was stopped, they are let go one right behind the other.
void end_together(Program& program, const std::vector<Held>& ends);
