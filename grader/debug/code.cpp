#include "grader/debug/code.hpp"

#include <elf.h>
#include <sys/ptrace.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <string>

#include "grader/debug/memory_map.hpp"
#include "grader/proc/memory.hpp"

const unsigned char* Code::at(Address address) {
    const Address page = address / page_bytes * page_bytes;
    std::vector<unsigned char>& bytes = pages_[page];
    if (bytes.empty()) {
        bytes.resize(page_bytes + longest_instruction);  // an instruction may go on in the next page
        if (!read_memory(process_, page, bytes.data(), bytes.size()))
            read_memory(process_, page, bytes.data(), page_bytes);
    }
    return &bytes[address - page];
}

std::optional<Address> Code::place(Address instruction) {
    if (own_end_ == 0) find_own();
    if (instruction < own_begin_ || instruction >= own_end_) return std::nullopt;
    return instruction - own_begin_;
}

// The file that the program's entry point is in.
void Code::find_own() {
    std::ifstream in("/proc/" + std::to_string(process_) + "/auxv", std::ios::binary);
    Address entry = 0;
    for (Address pair[2]; entry == 0 && in.read(reinterpret_cast<char*>(pair), sizeof pair);)
        if (pair[0] == AT_ENTRY) entry = pair[1];
    const std::vector<Mapping> all = mappings_of(process_);
    const auto own =
        std::find_if(all.begin(), all.end(), [entry](const Mapping& mapping) { return mapping.has(entry); });
    if (own == all.end()) return;
    own_begin_ = own->begin;
    own_end_ = own->end;
}

void poke(pid_t thread, Address address, const unsigned char* code) {
    const Address word = address / sizeof(long) * sizeof(long);
    long value = ptrace(PTRACE_PEEKTEXT, thread, word, nullptr);
    std::memcpy(reinterpret_cast<unsigned char*>(&value) + (address - word), code, breakpoint_bytes);
    ptrace(PTRACE_POKETEXT, thread, word, value);
}
