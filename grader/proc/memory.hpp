// The memory of the program under test. Thread-safe.
//
// Read with process_vm_readv(2), and through /proc/PID/mem where a container refuses that call. Both ask for the
// rights of a debugger over a process of the same user, no more.
#pragma once

#include <sys/types.h>

#include <cstddef>

// False where the address is not mapped, or the thread is gone. `size` in bytes.
bool read_memory(pid_t thread, unsigned long address, void* into, std::size_t size);
bool write_memory(pid_t thread, unsigned long address, const void* from, std::size_t size);
