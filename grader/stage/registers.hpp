// The registers of a thread that stands still (ptrace(2)), and the system call that it is in.
#pragma once

#include <sys/types.h>
#include <sys/user.h>

using Registers = user_regs_struct;

bool read_registers(pid_t thread, Registers& registers);
bool write_registers(pid_t thread, const Registers& registers);

// Of a thread that is in a call: it is in front of it once more, and the call is this one.
void call_again(Registers& registers, long number);

// The thread has come to a call, which has not begun: it is not made.
bool leave_out_call(pid_t thread);
