// How much is done at once: compilers and criteria alike take turns.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

// What may be used of a machine.
struct Allowance {
    unsigned processors = 1;
    std::uint64_t memory = UINT64_MAX;  // bytes
};

// `machine`, or what control groups of either version leave of it. `mounted` is their file system
// (/sys/fs/cgroup), `membership` the text of /proc/self/cgroup. What cannot be read limits nothing.
Allowance within_groups(Allowance machine, const std::filesystem::path& mounted, const std::string& membership);

// At least 1.
int turns_for(const Allowance& allowance);

// How many there are here.
int most_turns();

// A place among those who work; waits for one. Whoever has one does not ask for another.
class Turn {
  public:
    Turn();
    ~Turn();
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
};

// All places: waits until nobody else works, and keeps the others waiting.
class Alone {
  public:
    Alone();
    ~Alone();
    Alone(const Alone&) = delete;
    Alone& operator=(const Alone&) = delete;
};
