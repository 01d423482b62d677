// What a traced thread is about to do. Thread-safe; the thread stands still meanwhile (ptrace(2)).
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>

using Address = std::uint64_t;

constexpr std::size_t longest_instruction = 16;  // bytes

Address stack_of(pid_t thread);
Address instruction_of(pid_t thread);

// `code` is what stands at an instruction's address, longest_instruction bytes of it.
bool is_system_call(const unsigned char* code);
bool is_atomic(const unsigned char* code);  // a read-modify-write of memory that nothing can come between

// The number of the system call that a thread stands in front of, where it does.
std::optional<long> call_begun(pid_t thread);
