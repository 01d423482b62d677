// The program's instructions: as they are in its memory, and which of them are its own.
//
// Not thread-safe. Reads what stands there now: a program that changes its own code is not looked at again.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <vector>

#include "grader/debug/instruction.hpp"

class Code {
  public:
    Code() = default;  // of no process
    explicit Code(pid_t process) : process_(process) {}

    // The bytes from `address` on, as many as the longest instruction has. Kept from the first look on.
    const unsigned char* at(Address address);

    // The same place in each run: where in the program's own executable this instruction is. None for a library's.
    std::optional<Address> place(Address instruction);

  private:
    void find_own();

    pid_t process_ = 0;
    std::map<Address, std::vector<unsigned char>> pages_;
    Address own_begin_ = 0, own_end_ = 0;  // the executable's instructions
};

// Writes breakpoint_bytes of code into a stopped thread's program; also where the program itself must not write: the
// page is then its own copy.
void poke(pid_t thread, Address address, const unsigned char* code);
