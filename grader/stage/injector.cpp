#include "grader/stage/injector.hpp"

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <cerrno>

#include "grader/stage/registers.hpp"

namespace {

#if defined(__x86_64__)
void set_argument(Registers& registers, int place, unsigned long value) {
    decltype(registers.rdi)* const arguments[] = {&registers.rdi, &registers.rsi, &registers.rdx,
                                                  &registers.r10, &registers.r8,  &registers.r9};
    *arguments[place] = value;
}

// A call that was interrupted before it did anything is to be made again: instead it returns.
void return_instead(Registers& registers, long result) {
    constexpr long to_be_restarted = -512, by_other_means = -516;  // the kernel's ERESTARTSYS to ERESTART_RESTARTBLOCK
    const long returned = static_cast<long>(registers.rax);
    if (returned >= by_other_means && returned <= to_be_restarted) registers.rax = static_cast<unsigned long>(result);
}
#elif defined(__aarch64__)
void set_argument(Registers& registers, int place, unsigned long value) {
    registers.regs[place] = value;
}

// Here a call that is to be made again stands in front of its svc #0 already.
void return_instead(Registers& registers, long result) {
    registers.pc += 4;
    registers.regs[0] = static_cast<unsigned long>(result);
}
#endif

// The call that a thread is blocked in, once more, as another call.
void call_instead(Registers& registers, long number, unsigned long argument) {
    call_again(registers, number);
    set_argument(registers, 0, argument);
}

bool wait_for_stop(pid_t thread) {
    int stopped = 0;
    while (waitpid(thread, &stopped, __WALL) < 0)
        if (errno != EINTR) return false;
    return WIFSTOPPED(stopped);
}

// Stops the thread, lets `work` have its registers, and lets it go on.
template <class Work>
bool while_stopped(pid_t thread, const Work& work) {
    if (ptrace(PTRACE_SEIZE, thread, nullptr, nullptr) != 0) return false;
    Registers registers{};
    const bool done = ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr) == 0 && wait_for_stop(thread) &&
                      read_registers(thread, registers) && work(registers);
    ptrace(PTRACE_DETACH, thread, nullptr, nullptr);
    return done;
}

}  // namespace

bool make_exit(pid_t thread, int status) {
    return while_stopped(thread, [&](Registers registers) {
        call_instead(registers, SYS_exit_group, static_cast<unsigned long>(status));
        return write_registers(thread, registers);
    });
}

bool make_close(const Task& task, int descriptor) {
    if (!task.blocked()) return false;
    return while_stopped(task.thread, [&](const Registers& before) {
        Registers closing = before, again = before;
        call_instead(closing, SYS_close, static_cast<unsigned long>(descriptor));
        call_instead(again, task.call, task.argument[0]);
        return write_registers(task.thread, closing) && ptrace(PTRACE_SINGLESTEP, task.thread, nullptr, nullptr) == 0 &&
               wait_for_stop(task.thread) && write_registers(task.thread, again);
    });
}

bool make_return(pid_t thread, long result) {
    return while_stopped(thread, [&](Registers registers) {
        return_instead(registers, result);
        return write_registers(thread, registers);
    });
}

bool make_call_again(pid_t thread, long number, int place, unsigned long value) {
    return while_stopped(thread, [&](Registers registers) {
        call_again(registers, number);
        set_argument(registers, place, value);
        return write_registers(thread, registers);
    });
}
