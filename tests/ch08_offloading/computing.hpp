// Programs that compute for a while: how chapter 8's benches settle.
#pragma once

#include <functional>
#include <vector>

#include "grader/stage/program.hpp"

// As Program::settle, but patient with who computes: only a program that has used far more processor time than this
// chapter's work takes anywhere is said to spin. `awaited`: whether there is anything that computing could lead to;
// who spins without that is not waited for.
Rest settle_computing(Program& program, const std::function<bool()>& awaited = {});

// Bystanders: who sleeps by time between two looks. Whoever waits for a descriptor for at most so long is none.
std::vector<Held> plain_sleepers(const Program& program);
std::vector<std::size_t> progress_of(const Program& program);

// Lets it run until it has used so much processor time since its start. False where it ended before, or stands still.
bool run_until_used(Program& program, double seconds);
