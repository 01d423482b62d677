#include "grader/instruction.hpp"

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#include <cstring>

#if defined(__x86_64__)

Address stack_of(pid_t thread) {
    return static_cast<Address>(ptrace(PTRACE_PEEKUSER, thread, offsetof(user_regs_struct, rsp), nullptr));
}

Address instruction_of(pid_t thread) {
    return static_cast<Address>(ptrace(PTRACE_PEEKUSER, thread, offsetof(user_regs_struct, rip), nullptr));
}

bool is_system_call(const unsigned char* code) {
    return code[0] == 0x0f && code[1] == 0x05;
}

// By a lock prefix, or an xchg with memory, which needs none.
bool is_atomic(const unsigned char* code) {
    bool locked = false;
    for (int prefixes = 0; prefixes < 14; ++prefixes, ++code) {
        const bool legacy = std::memchr("\x66\x67\x2e\x36\x3e\x26\x64\x65\xf0\xf2\xf3", *code, 11) != nullptr;
        const bool rex = (*code & 0xf0) == 0x40;
        if (!legacy && !rex) break;
        locked = locked || *code == 0xf0;
    }
    const bool exchange = (code[0] == 0x86 || code[0] == 0x87) && (code[1] & 0xc0) != 0xc0;
    return locked || exchange;
}

#elif defined(__aarch64__)

namespace {

user_regs_struct registers_of(pid_t thread) {
    user_regs_struct registers{};
    iovec view{&registers, sizeof registers};
    ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &view);
    return registers;
}

std::uint32_t word_of(const unsigned char* code) {
    std::uint32_t word;
    std::memcpy(&word, code, sizeof word);
    return word;
}

}  // namespace

Address stack_of(pid_t thread) {
    return registers_of(thread).sp;
}

Address instruction_of(pid_t thread) {
    return registers_of(thread).pc;
}

bool is_system_call(const unsigned char* code) {
    return word_of(code) == 0xd4000001;
}

// The LSE operations on memory, cas, and the store that ends an exclusive pair.
bool is_atomic(const unsigned char* code) {
    const std::uint32_t word = word_of(code);
    return (word & 0x3b200c00) == 0x38200000 || (word & 0x3fa07c00) == 0x08a07c00 || (word & 0x3fe00000) == 0x08000000;
}

#endif

std::optional<long> call_begun(pid_t thread) {
    __ptrace_syscall_info info{};
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) return std::nullopt;
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY) return std::nullopt;
    return static_cast<long>(info.entry.nr);
}
