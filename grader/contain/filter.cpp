#include "grader/contain/filter.hpp"

#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <ctime>
#include <iterator>

#include "grader/contain/timed_calls.hpp"

namespace {

#if defined(__x86_64__)
constexpr unsigned this_architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned this_architecture = AUDIT_ARCH_AARCH64;
#else
#error "the stage knows x86-64 and arm64"
#endif

constexpr unsigned notify = SECCOMP_RET_USER_NOTIF;
constexpr unsigned allow = SECCOMP_RET_ALLOW;
constexpr unsigned refuse = SECCOMP_RET_ERRNO | ENOSYS;

using Code = std::vector<sock_filter>;

sock_filter load(unsigned offset) {
    return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset);
}
sock_filter load_low_half(int argument) {  // both architectures are little endian
    return load(offsetof(seccomp_data, args) + 8 * static_cast<unsigned>(argument));
}
sock_filter load_high_half(int argument) {
    return load(offsetof(seccomp_data, args) + 8 * static_cast<unsigned>(argument) + 4);
}
sock_filter give(unsigned verdict) {
    return BPF_STMT(BPF_RET | BPF_K, verdict);
}
sock_filter jump(int comparison, unsigned value, int if_true, int if_false) {
    return BPF_JUMP(static_cast<unsigned short>(BPF_JMP | comparison | BPF_K), value,
                    static_cast<unsigned char>(if_true), static_cast<unsigned char>(if_false));
}

// `what_then` decides about calls with this number; the others pass it by.
void on(Code& code, long number, const Code& what_then) {
    code.push_back(jump(BPF_JEQ, static_cast<unsigned>(number), 0, static_cast<int>(what_then.size())));
    code.insert(code.end(), what_then.begin(), what_then.end());
}

const Code always = {give(notify)};

// Time-outs in milliseconds: 0 does not wait, a negative one waits for ever.
Code if_positive(int argument) {
    return {load_low_half(argument), jump(BPF_JEQ, 0, 2, 0), jump(BPF_JGE, 0x80000000, 1, 0), give(notify),
            give(allow)};
}

// Time-outs behind a pointer: none waits for ever.
Code if_given(int argument) {
    return {load_low_half(argument), jump(BPF_JEQ, 0, 0, 2), load_high_half(argument),
            jump(BPF_JEQ, 0, 1, 0),  give(notify),           give(allow)};
}

// Only futex operations that wait look at their time-out; for others it is a number.
Code futex_with_timeout(int argument) {
    Code code = {load_low_half(1), BPF_STMT(BPF_ALU | BPF_AND | BPF_K, static_cast<unsigned>(FUTEX_CMD_MASK))};
    int to_go = static_cast<int>(std::size(timed_futex_operations));
    for (const int operation : timed_futex_operations)
        code.push_back(jump(BPF_JEQ, static_cast<unsigned>(operation), to_go--, 0));
    code.push_back(give(allow));
    const Code timed = if_given(argument);
    code.insert(code.end(), timed.begin(), timed.end());
    return code;
}

Code if_it_waits(const TimedCallRow& call) {
    if (call.number == SYS_nanosleep || call.number == SYS_clock_nanosleep) return always;
    if (call.number == SYS_futex) return futex_with_timeout(call.argument);
    return call.form == TimeoutForm::milliseconds ? if_positive(call.argument) : if_given(call.argument);
}

// SO_RCVTIMEO and SO_SNDTIMEO, by both of their numbers.
Code if_socket_timeout() {
    return {load_low_half(1),
            jump(BPF_JEQ, SOL_SOCKET, 0, 5),
            load_low_half(2),
            jump(BPF_JEQ, SO_RCVTIMEO, 4, 0),
            jump(BPF_JEQ, SO_SNDTIMEO, 3, 0),
            jump(BPF_JEQ, socket_receive_timeout_2038, 2, 0),
            jump(BPF_JEQ, socket_send_timeout_2038, 1, 0),
            give(allow),
            give(notify)};
}

// To everybody that the sender may signal: where namespaces are refused that is the whole machine.
Code unless_to_everybody() {
    return {load_low_half(0), jump(BPF_JEQ, 0xffffffff, 0, 1), give(SECCOMP_RET_ERRNO | EPERM), give(allow)};
}

// Clocks of the world, and not those that count processor time.
Code if_wall_clock() {
    constexpr unsigned no_clock = CLOCK_TAI + 1;  // from here on: a process's or a thread's, with a negative number
    return {load_low_half(0),
            jump(BPF_JEQ, CLOCK_PROCESS_CPUTIME_ID, 2, 0),
            jump(BPF_JEQ, CLOCK_THREAD_CPUTIME_ID, 1, 0),
            jump(BPF_JGE, no_clock, 0, 1),
            give(allow),
            give(notify)};
}

}  // namespace

std::vector<sock_filter> stage_filter(AlsoBefore also) {
    Code code = {load(offsetof(seccomp_data, arch)), jump(BPF_JEQ, this_architecture, 1, 0), give(refuse),
                 load(offsetof(seccomp_data, nr))};
#ifdef __x86_64__
    code.push_back(jump(BPF_JGE, 0x40000000, 0, 1));  // the x32 names of the same calls
    code.push_back(give(refuse));
#endif

    // Sleeps, and waits that end by time.
    for (const TimedCallRow& call : timed_calls) on(code, call.number, if_it_waits(call));

    // Time-outs of sockets, timers, and ways round this filter.
    on(code, SYS_setsockopt, if_socket_timeout());
    on(code, SYS_timerfd_create, always);
    on(code, SYS_timer_delete, always);
    on(code, SYS_timerfd_settime, always);
    on(code, SYS_timer_settime, always);
    on(code, SYS_setitimer, always);
#ifdef __x86_64__
    on(code, SYS_alarm, always);
#endif
    on(code, SYS_io_uring_setup, {give(refuse)});

    on(code, SYS_kill, unless_to_everybody());

    // The time.
    on(code, SYS_clock_gettime, also.processor_clocks ? always : if_wall_clock());
    on(code, SYS_gettimeofday, always);
#ifdef __x86_64__
    on(code, SYS_time, always);
#endif

    // Threads and processes: beginnings, ends, and who waits.
    on(code, SYS_clone, always);
    on(code, SYS_clone3, always);
#ifdef __x86_64__
    on(code, SYS_fork, always);
    on(code, SYS_vfork, always);
#endif
    on(code, SYS_execve, always);
    on(code, SYS_execveat, always);
    on(code, SYS_wait4, always);
    on(code, SYS_waitid, always);
    on(code, SYS_exit, always);
    on(code, SYS_exit_group, always);

    // What is printed, and by whom.
    on(code, SYS_write, always);
    on(code, SYS_writev, always);
    on(code, SYS_pwritev2, always);
    on(code, SYS_vmsplice, always);
    on(code, SYS_splice, always);
    on(code, SYS_tee, always);
    on(code, SYS_sendfile, always);
    if (also.sends) {
        on(code, SYS_sendto, always);
        on(code, SYS_sendmsg, always);
    }

    // A file's last step, to its name.
#ifdef __x86_64__
    on(code, SYS_rename, always);
    on(code, SYS_link, always);
#endif
#ifdef SYS_renameat
    on(code, SYS_renameat, always);
#endif
    on(code, SYS_renameat2, always);
    on(code, SYS_linkat, always);

    code.push_back(give(allow));
    return code;
}
