#include "grader/stage/registers.hpp"

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#include <cstddef>

bool read_registers(pid_t thread, Registers& registers) {
    iovec view{&registers, sizeof registers};
    return ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &view) == 0;
}

bool write_registers(pid_t thread, const Registers& registers) {
    iovec view{const_cast<Registers*>(&registers), sizeof registers};
    return ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &view) == 0;
}

#if defined(__x86_64__)
void call_again(Registers& registers, long number) {
    registers.rip -= 2;  // the length of: syscall
    registers.rax = static_cast<unsigned long>(number);
    registers.orig_rax = ~0ul;  // the interrupted call is not to be restarted
}

bool leave_out_call(pid_t thread) {
    return ptrace(PTRACE_POKEUSER, thread, offsetof(Registers, orig_rax), ~0ul) == 0;
}
#elif defined(__aarch64__)
void call_again(Registers& registers, long number) {
    registers.pc -= 4;  // the length of: svc #0
    registers.regs[8] = static_cast<unsigned long>(number);
}

bool leave_out_call(pid_t thread) {
    int none = -1;
    iovec view{&none, sizeof none};
    return ptrace(PTRACE_SETREGSET, thread, NT_ARM_SYSTEM_CALL, &view) == 0;
}
#endif
