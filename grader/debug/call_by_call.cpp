#include "grader/debug/call_by_call.hpp"

#include <sched.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "grader/debug/report_of.hpp"
#include "grader/stage/registers.hpp"

namespace {

constexpr int at_a_call = SIGTRAP | 0x80;  // ptrace(2), PTRACE_O_TRACESYSGOOD
constexpr int looks_before_a_proof = 20;   // most calls are over at once
constexpr int most_calls = 100'000;        // without a sleep: it spins
constexpr int most_steps = 20'000;         // of a library, between its call and the program's own code

// Whether the thread stands behind a call that failed, and is not to be made once more.
bool call_failed(pid_t thread) {
    constexpr long to_be_restarted = -512;  // the kernel's ERESTARTSYS, and below it the others of its kind
    __ptrace_syscall_info info{};
    const bool known = ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0;
    return known && info.op == PTRACE_SYSCALL_INFO_EXIT && info.exit.is_error && info.exit.rval > to_be_restarted;
}

}  // namespace

CallByCall::CallByCall(Program& program) : program_(program) {
    if (program.settle() != Rest::standstill || program.stage().held(Held::Kind::start).empty())
        throw std::runtime_error("the program is not held at its start");
    thread_ = program.process();
    own_child_ = status_line(thread_, "PPid") == std::to_string(getpid());
    const long options = PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SEIZE, thread_, nullptr, options) != 0)
        throw std::runtime_error(std::string("cannot trace the program: ") + std::strerror(errno));
    program.wake(program.stage().held(Held::Kind::start).front());
}

// Whatever it does now it may be stopped in: calls that end by that end once more than they would.
void CallByCall::let_go() {
    if (state_ == State::moving) ptrace(PTRACE_INTERRUPT, thread_, nullptr, nullptr);
    while (state_ == State::moving) take_stop(0);
    if (state_ == State::gone) return;
    const bool killed = ptrace(PTRACE_DETACH, thread_, nullptr, signal_) != 0;
    if (killed && !own_child_) waitpid(thread_, nullptr, __WALL);  // nobody else is told
    state_ = State::gone;
}

// False where it does not stand still, nor has ended.
bool CallByCall::take_stop(int how) {
    int status = 0;
    const Report report = report_of(thread_, own_child_, how, status);
    if (report == Report::none) return false;
    state_ = report == Report::gone ? State::gone : State::still;
    if (state_ == State::gone) return true;
    const int event = status >> 16, signal = WSTOPSIG(status);
    if (event == PTRACE_EVENT_EXEC) code_ = Code(thread_);
    if (event == 0 && signal != SIGTRAP && signal != at_a_call) signal_ = signal;
    at_call_ = event == 0 && signal == at_a_call;
    return true;
}

// False where it sleeps, and nobody else goes on, or where it has ended.
bool CallByCall::wait_for_stop() {
    for (int looks = 0;; ++looks) {
        if (take_stop(WNOHANG)) return state_ == State::still;
        if (program_.pump()) continue;
        if (looks < looks_before_a_proof) {
            sched_yield();
            continue;
        }
        rest_ = program_.settle();
        // It may have come to a stop meanwhile: then others had to stand still for it.
        if (take_stop(WNOHANG)) return state_ == State::still;
        return false;
    }
}

void CallByCall::resume(int request) {
    ptrace(static_cast<__ptrace_request>(request), thread_, nullptr, signal_);
    signal_ = 0;
    state_ = State::moving;
}

Rest CallByCall::settle(const std::function<bool()>& until) {
    for (int calls = 0; calls < most_calls; calls += at_call_ && moment_ == Moment::behind) {
        if (state_ == State::still) resume(PTRACE_SYSCALL);
        if (!wait_for_stop()) return state_ == State::gone ? program_.settle() : rest_;
        if (at_call_) moment_ = at_entry() ? Moment::inside : Moment::behind;
        if (at_call_ && moment_ == Moment::behind && until && until()) return Rest::standstill;
    }
    return Rest::spinning;
}

std::optional<Moment> CallByCall::next() {
    if (state_ == State::gone) return std::nullopt;
    if (state_ == State::still && moment_ == Moment::behind && call_failed(thread_)) return to_own_code();
    if (state_ == State::still) resume(PTRACE_SYSCALL);
    return to_call();
}

std::optional<Moment> CallByCall::to_call() {
    for (;; resume(PTRACE_SYSCALL)) {
        if (!wait_for_stop()) return std::nullopt;
        if (!at_call_) {
            if (signal_ != 0) moment_ = Moment::own_code;  // its handler's
            continue;
        }
        if (!at_entry()) return moment_ = Moment::behind;
        if (moment_ == Moment::in_front) return moment_ = Moment::inside;
        put_in_front();
        return moment_ = Moment::in_front;
    }
}

bool CallByCall::at_entry() {
    const std::optional<long> call = call_begun(thread_);
    call_ = call.value_or(call_);
    return call.has_value();
}

void CallByCall::put_in_front() {
    Registers registers{};
    if (!read_registers(thread_, registers) || !leave_out_call(thread_)) return;
    resume(PTRACE_SYSCALL);
    if (!take_stop(0) || state_ != State::still) return;
    call_again(registers, call_);
    write_registers(thread_, registers);
}

std::optional<Moment> CallByCall::to_own_code() {
    for (int steps = 0; steps < most_steps; ++steps) {
        resume(PTRACE_SINGLESTEP);
        take_stop(0);
        if (state_ != State::still) return std::nullopt;
        const Address instruction = instruction_of(thread_);
        if (is_system_call(code_.at(instruction))) return moment_ = Moment::in_front;
        if (code_.place(instruction)) break;
    }
    return moment_ = Moment::own_code;
}
