// What a traced thread is about to do. Thread-safe; the thread stands still meanwhile (ptrace(2)).
#pragma once

#include <sys/types.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

using Address = std::uint64_t;

constexpr std::size_t longest_instruction = 16;  // bytes
#if defined(__aarch64__)
constexpr std::size_t breakpoint_bytes = 4;
#else
constexpr std::size_t breakpoint_bytes = 1;
#endif

Address stack_of(pid_t thread);
Address instruction_of(pid_t thread);

// `code` is what stands at an instruction's address, longest_instruction bytes of it.
bool is_system_call(const unsigned char* code);
bool is_atomic(const unsigned char* code);  // a read-modify-write of memory that nothing can come between
bool is_call(const unsigned char* code);    // of a function, which comes back behind it

// Where a conditional jump at `address` may go on: behind itself, or at its target. None for all else.
std::optional<std::array<Address, 2>> ways_on(const unsigned char* code, Address address);

// Where a thread goes on next; for one that has just called a function, where that returns to.
void set_instruction(pid_t thread, Address address);
Address return_address(pid_t thread);

// What stops a thread that comes to it, with SIGTRAP, and how far behind its beginning the thread then stands.
extern const std::array<unsigned char, breakpoint_bytes> breakpoint;
extern const Address behind_breakpoint;

// The number of the system call that a thread stands in front of, where it does.
std::optional<long> call_begun(pid_t thread);
