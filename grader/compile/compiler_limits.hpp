// How much the compiler may take of the machine: our limits, or the system's hard ones where those are lower.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

// One limit. A hard limit cannot be raised, so what is in force may be less than what we would give.
struct Limit {
    std::uint64_t ours = 0;
    std::uint64_t hard = UINT64_MAX;  // the system's
    std::uint64_t in_force() const { return ours < hard ? ours : hard; }
    bool lowered() const { return hard < ours; }
};

struct CompilerLimits {
    Limit seconds{60};  // of processor time
    Limit memory{std::uint64_t{2} << 30};
    Limit file{std::uint64_t{256} << 20};
    Limit stack{std::uint64_t{8} << 20};  // not set, only looked at: a compiler that has less crashes
};

// Seconds, for a compiler that waits for something; its processor time is limited anyway.
constexpr int longest_compilation = 1200;

// Ours, with the hard limits of this process. Safe to call from several threads.
CompilerLimits compiler_limits();

// The words that stand before a command which is to run under them. Past its processor time it gets
// SIGXCPU; so a compiler that was ended by SIGKILL was killed by the system, not by us.
std::vector<std::string> under(const CompilerLimits& limits);
