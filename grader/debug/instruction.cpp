#include "grader/debug/instruction.hpp"

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>

#include <cstring>

#include "grader/proc/memory.hpp"

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

bool is_call(const unsigned char* code) {
    const auto is_prefix = [](unsigned char byte) {
        return std::memchr("\x2e\x36\x3e\x26\x64\x65\x66\x67\xf2\xf3", byte, 10) != nullptr || (byte & 0xf0) == 0x40;
    };
    for (int prefixes = 0; prefixes < 14 && is_prefix(*code); ++prefixes) ++code;
    return code[0] == 0xe8 || (code[0] == 0xff && (code[1] & 0x38) == 0x10);
}

std::optional<std::array<Address, 2>> ways_on(const unsigned char* code, Address address) {
    const bool hint = *code == 0x2e || *code == 0x3e;
    const Address first = address + (hint ? 1 : 0);
    if (hint) ++code;
    if ((code[0] & 0xf0) == 0x70 || (code[0] & 0xfc) == 0xe0) {  // jcc, loop and jrcxz, with a distance of one byte
        const Address behind = first + 2;
        return std::array{behind, behind + static_cast<Address>(static_cast<std::int8_t>(code[1]))};
    }
    if (code[0] != 0x0f || (code[1] & 0xf0) != 0x80) return std::nullopt;
    std::int32_t distance;
    std::memcpy(&distance, code + 2, sizeof distance);
    const Address behind = first + 6;
    return std::array{behind, behind + static_cast<Address>(distance)};
}

void set_instruction(pid_t thread, Address address) {
    ptrace(PTRACE_POKEUSER, thread, offsetof(user_regs_struct, rip), address);
}

Address return_address(pid_t thread) {
    Address address = 0;
    read_memory(thread, stack_of(thread), &address, sizeof address);
    return address;
}

const std::array<unsigned char, breakpoint_bytes> breakpoint = {0xcc};  // int3
const Address behind_breakpoint = 1;

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

bool is_call(const unsigned char* code) {  // bl, blr
    const std::uint32_t word = word_of(code);
    return (word & 0xfc000000) == 0x94000000 || (word & 0xfffffc1f) == 0xd63f0000;
}

std::optional<std::array<Address, 2>> ways_on(const unsigned char* code, Address address) {
    const std::uint32_t word = word_of(code);
    const bool by_flags = (word & 0xff000000) == 0x54000000, by_zero = (word & 0x7e000000) == 0x34000000;
    const bool by_bit = (word & 0x7e000000) == 0x36000000;
    if (!by_flags && !by_zero && !by_bit) return std::nullopt;
    // The distance in words, with its sign: 19 bits from bit 5 on, or 14 of them.
    const std::int32_t distance =
        by_bit ? static_cast<std::int32_t>(word << 13) >> 18 : static_cast<std::int32_t>(word << 8) >> 13;
    return std::array{address + 4, address + static_cast<Address>(std::int64_t{distance} * 4)};
}

void set_instruction(pid_t thread, Address address) {
    user_regs_struct registers = registers_of(thread);
    registers.pc = address;
    iovec view{&registers, sizeof registers};
    ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &view);
}

Address return_address(pid_t thread) {
    return registers_of(thread).regs[30];
}

const std::array<unsigned char, breakpoint_bytes> breakpoint = {0x00, 0x00, 0x20, 0xd4};  // brk
const Address behind_breakpoint = 0;

#endif

std::optional<long> call_begun(pid_t thread) {
    __ptrace_syscall_info info{};
    if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) return std::nullopt;
    if (info.op != PTRACE_SYSCALL_INFO_ENTRY) return std::nullopt;
    return static_cast<long>(info.entry.nr);
}
