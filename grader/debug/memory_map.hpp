// What a process has in its memory, and where: its mappings, and the contents of the pages that it may write.
//
// Looked at from outside, without errors: what is gone or may not be read is left out. A look is of one moment only while
// the process stands still. Safe from any thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <vector>

#include "grader/debug/instruction.hpp"

constexpr Address page_bytes = 4096;

struct Mapping {
    Address begin = 0, end = 0;
    bool writable = false, of_a_file = false;
    bool has(Address address) const { return begin <= address && address < end; }
};

std::vector<Mapping> mappings_of(pid_t process);

// By the page's address: its words of eight bytes.
using MemoryPages = std::map<Address, std::vector<std::uint64_t>>;

// All writable memory that is in use, at most 64 MiB of it, but for the mapping that has `left_out`; 0: all.
MemoryPages writable_memory(pid_t process, Address left_out);

// The words that are others in `after`. A page that was not there before was all zeros.
std::vector<Address> changed_words(const MemoryPages& before, const MemoryPages& after);
